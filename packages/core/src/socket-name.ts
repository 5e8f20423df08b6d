import { quoteText } from "./clean-text.ts";
import { metadataError } from "./metadata-error.ts";

/**
 * The file name of a backend's socket; upper and lower case stay as they are. Any name will do, `docker.sock` included (real
 * extensions use it): the file lies in a folder that holds nothing but this extension's sockets.
 * @throws BowspritError `METADATA_INVALID`, naming `path`, for what is not one file name.
 */
export function parseSocketName(text: string, path: string): string {
  if (/^[A-Za-z0-9._-]{1,64}$/u.test(text) && text !== "." && text !== "..") return text;
  throw metadataError(
    path,
    `${quoteText(text)} is not a socket's name`,
    "Give a file name without folders, of at most 64 letters, digits, dots, dashes and underscores: backend.sock.",
  );
}
