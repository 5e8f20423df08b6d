/** What a connection to a daemon is for, once both ends have proved that they know the secret of the home. */
export type Purpose = "messages" | "http";
