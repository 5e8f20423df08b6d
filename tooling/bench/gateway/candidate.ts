/** One way to reach the backend that is running and answers. Disposing ends its processes. */
export interface Candidate extends AsyncDisposable {
  readonly name: string;
  readonly port: number;
  /** The bytes of the request that is sent over and over. */
  readonly request: Buffer;
  /** The processes whose time is counted: its own, neither the backend nor whoever sends. */
  processes(): readonly number[];
}

/** The bytes of one request. */
export function requestBytes(path: string, headers: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join("")}Accept: application/json\r\n\r\n`, "latin1");
}
