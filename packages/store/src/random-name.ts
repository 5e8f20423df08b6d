/**
 * A name of so many random bytes, in hexadecimal. From the global Web Crypto, which Node loads at its first use: a program that only
 * lists what is installed never pays for it.
 */
export function randomName(bytes: number): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString("hex");
}
