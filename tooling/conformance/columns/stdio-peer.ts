import { Socket } from "node:net";
import { type Peer, servePeer } from "@bowsprit/transport/conformance";
import { JoinedStream } from "./joined-stream.ts";

// The program at the other end of a dialled stream: its argument says what it does on its standard input and output.
const input = new Socket({ fd: 0, readable: true, writable: false });
const output = new Socket({ fd: 1, readable: false, writable: true });
servePeer(JSON.parse(process.argv[2] ?? "") as Peer, new JoinedStream(input, output));
