/** How large what an archive says of itself may be. Nothing of these sizes is taken before a header was found to keep to them. */
export const tarLimits = {
  /** Bytes of one PAX header: what Go's reader, and so every engine, allows. Extended attributes are in there. */
  paxBytes: 1_048_576,
  /** Bytes of a name or a link. Linux opens none over 4096; the rest is for entries that are only walked. */
  nameBytes: 65_536,
  /** Where an archive ends at the latest, when the caller knows no better. No large registry takes a layer of half of this. */
  archiveBytes: 137_438_953_472,
} as const;
