import { binarySize, end, globalPax, gnuMagic, header, longName, member, pax, paxRecord } from "../tar/tar-archive.ts";

const folder = header({ name: "ui/", type: "5", mode: "0000755\0" });
const page = member({ name: "ui/index.html" }, "<!doctype html>".repeat(50));

/** What is mutated: small archives that together use everything a reader knows. */
export const seedArchives: readonly [Buffer, ...Buffer[]] = [
  Buffer.concat([folder, page, header({ name: "link", type: "2", link: "ui/index.html" }), end]),
  Buffer.concat([
    globalPax(paxRecord("comment", "0123456789abcdef")),
    pax(paxRecord("path", "p".repeat(150)), paxRecord("mtime", "1700000000.5"), paxRecord("size", "30")),
    member({ name: "short" }, "x".repeat(30)),
    pax(paxRecord("linkpath", "l".repeat(150)), paxRecord("SCHILY.xattr.user.a", "\0\x01=\n")),
    header({ name: "hard", type: "1" }),
    end,
  ]),
  Buffer.concat([
    longName("n".repeat(300)),
    longName("k".repeat(200), "K"),
    header({ name: "n".repeat(100), type: "2", magic: gnuMagic }),
    member({ name: "big", size: binarySize(600n), magic: gnuMagic }, "y".repeat(600)),
    end,
  ]),
  Buffer.concat([
    header({ name: "null", type: "3" }),
    header({ name: "sda", type: "4" }),
    header({ name: "pipe", type: "6" }),
    member({ name: "old", type: "\0" }, "old"),
    header({ name: "old/", type: "\0" }),
    member({ name: "name", prefix: "pre/fix", type: "7" }, "contiguous"),
  ]),
];
