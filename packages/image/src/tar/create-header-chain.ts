import { readName, readPaxRecords, type TarOverrides } from "./read-pax-records.ts";
import { headerLink, headerPath, readTarHeader, type TarHeader } from "./read-tar-header.ts";
import type { TarEntry, TarEntryKind } from "./tar-entry.ts";
import type { TarFault } from "./tar-fault.ts";
import { tarLimits } from "./tar-limits.ts";

/** Puts together what the headers before an entry and its own say of it. */
export interface HeaderChain {
  /** True while a header waits for the entry that it belongs to. */
  readonly isOpen: boolean;
  /** Reads the header block at `start`: an entry without its place, or how many bytes follow that belong to the chain. */
  header(block: Buffer, start: number): Omit<TarEntry, "offset"> | number;
  /** Reads the bytes that belong to the chain. */
  body(bytes: Buffer): void;
}

const kinds: Readonly<Record<string, TarEntryKind>> = {
  "\0": "file",
  "0": "file",
  "1": "hardlink",
  "2": "symlink",
  "3": "device",
  "4": "device",
  "5": "folder",
  "6": "fifo",
  "7": "file",
};

/** Which header a body belongs to: one entry's PAX header, one for all, a long name, a long link. */
type ChainType = "x" | "g" | "L" | "K";

/** Starts without any header read. What is refused is refused by `fault`. */
export function createHeaderChain(fault: TarFault): HeaderChain {
  return new Chain(fault);
}

class Chain implements HeaderChain {
  readonly #fault: TarFault;
  #ordinal = 0;
  /** Those of the headers that wait: PAX, or GNU names, never both. */
  #waiting = "";
  #overrides: TarOverrides = {};
  #type: ChainType = "x";

  constructor(fault: TarFault) {
    this.#fault = fault;
  }

  get isOpen(): boolean {
    return this.#waiting !== "";
  }

  header(block: Buffer, start: number): Omit<TarEntry, "offset"> | number {
    const header = readTarHeader(block, start, this.#fault);
    const { type } = header;
    if (type === "x" || type === "g" || type === "L" || type === "K") return this.#link(type, header.size);
    const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (kind === undefined) throw this.#fault(type === "S" ? "a sparse file" : `an entry of type ${show(type)}`);
    const entry = this.#entry(kind, header, { block, start });
    this.#waiting = "";
    this.#overrides = {};
    this.#ordinal += 1;
    return entry;
  }

  body(bytes: Buffer): void {
    switch (this.#type) {
      case "x":
        this.#overrides = readPaxRecords(bytes, this.#fault);
        return;
      case "g":
        // Go hands such records on, GNU tar obeys them, and no program writes them: all entries would have one name.
        if (Object.keys(readPaxRecords(bytes, this.#fault)).length > 0)
          throw this.#fault("one name, link or size for all entries");
        return;
      case "L":
        this.#overrides = { ...this.#overrides, path: readName(withoutEnd(bytes), this.#fault) };
        return;
      case "K":
        this.#overrides = { ...this.#overrides, link: readName(withoutEnd(bytes), this.#fault) };
    }
  }

  /** Programs disagree about what counts when such headers meet, so only what GNU tar writes may: a long link and a long name. */
  #link(type: ChainType, size: number): number {
    const other = type === "L" ? "K" : "L";
    const isPair = (type === "L" || type === "K") && this.#waiting === other;
    if (this.isOpen && !isPair) throw this.#fault("a header that applies to another header");
    const most = type === "x" || type === "g" ? tarLimits.paxBytes : tarLimits.nameBytes + 1;
    if (size > most) throw this.#fault(`a header of ${size} bytes, more than ${most}`);
    if (type !== "g") this.#waiting += type;
    this.#type = type;
    return size;
  }

  #entry(
    kind: TarEntryKind,
    header: TarHeader,
    { block, start }: { readonly block: Buffer; readonly start: number },
  ): Omit<TarEntry, "offset"> {
    const path = this.#overrides.path ?? headerPath(block, start);
    const size = this.#overrides.size ?? header.size;
    if (path === "") throw this.#fault("an entry without a name");
    const isFolder = kind === "folder" || (header.type === "\0" && path.endsWith("/"));
    if (kind === "file" && !isFolder && path.endsWith("/")) throw this.#fault("a file whose name ends in a slash");
    // A hard link has no data whatever it says: there GNU tar and Go agree. About the others they do not.
    if ((kind !== "file" || isFolder) && kind !== "hardlink" && size > 0)
      throw this.#fault(`a ${isFolder ? "folder" : kind} with data`);
    const isLink = kind === "symlink" || kind === "hardlink";
    return {
      path,
      kind: isFolder ? "folder" : kind,
      size: kind === "hardlink" ? 0 : size,
      mode: header.mode,
      link: isLink ? (this.#overrides.link ?? headerLink(block, start)) : "",
      ordinal: this.#ordinal,
    };
  }
}

/** GNU tar counts the NUL that ends a long name among its bytes. */
function withoutEnd(bytes: Buffer): Buffer {
  return bytes.at(-1) === 0 ? bytes.subarray(0, -1) : bytes;
}

function show(type: string): string {
  return /^[!-~]$/u.test(type) ? type : `0x${type.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
