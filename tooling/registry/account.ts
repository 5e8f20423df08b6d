/** Who may read from protected registries of tests. */
export interface Account {
  readonly username: string;
  readonly password: string;
  /** The line of an htpasswd file: bcrypt, made once by `htpasswd -Bbn -C 5`. */
  readonly htpasswd: string;
}

/** It guards nothing but fixtures on loopback. */
export const account: Account = {
  username: "captain",
  password: "spar-and-stay",
  htpasswd: "captain:$2y$05$StFo3/WRodfd4vHaqwCtKegSpmdqtIaZkR9wNwzPvUSA8Ik1h1AU.",
};
