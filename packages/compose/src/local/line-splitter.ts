/** Bytes a line may have; a longer one is cut, so that output without line ends cannot fill the memory. */
const maxLineBytes = 64 * 1024;

/** Cuts bytes into lines of text. */
export interface LineSplitter {
  /** The lines that these bytes end. */
  push(chunk: Uint8Array): readonly string[];
  /** The line that nothing ended; none when there is nothing. */
  end(): readonly string[];
}

/**
 * A splitter for one stream: line ends are LF or CRLF, a line over 64 KiB is cut between two characters, and bytes are decoded only once
 * their line is complete, so that no character is torn.
 */
export function createLineSplitter(): LineSplitter {
  let rest: Buffer = Buffer.alloc(0);
  return {
    push(chunk) {
      let bytes = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
      const lines: string[] = [];
      while (bytes.length > 0) {
        const end = bytes.indexOf(10);
        const cut = end >= 0 && end <= maxLineBytes ? end : cutOf(bytes);
        if (cut === undefined) break;
        lines.push(decode(bytes.subarray(0, cut)));
        bytes = bytes.subarray(cut === end ? cut + 1 : cut);
      }
      rest = bytes;
      return lines;
    },
    end() {
      const last = rest;
      rest = Buffer.alloc(0);
      return last.length === 0 ? [] : [decode(last)];
    },
  };
}

// A byte 10xxxxxx continues a character, which has four bytes at most.
function cutOf(bytes: Buffer): number | undefined {
  if (bytes.length <= maxLineBytes) return undefined;
  for (let cut = maxLineBytes; cut > maxLineBytes - 4; cut -= 1) {
    if (((bytes[cut] ?? 0) & 0xc0) !== 0x80) return cut;
  }
  return maxLineBytes;
}

function decode(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}
