import { whiteoutPrefix } from "./apply-whiteout.ts";
import { textOf } from "./text-of.ts";

/** Bytes: what Linux, macOS and Windows hold. */
const maxNameBytes = 255;

/**
 * Why no file may be written under a name, a binary string: the same on every operating system, so that an image that installs on one
 * installs on all of them as the same files.
 */
export function judgeName(name: string): string | undefined {
  const text = textOf(name);
  if (text === undefined) return "its name is not UTF-8";
  if (name.length > maxNameBytes) return `its name has more than ${maxNameBytes} bytes`;
  if (/[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/u.test(text))
    return "its name holds a character that no name may hold";
  if (/[<>:"|?*\\]/u.test(text)) return "its name holds a character that Windows reads as something else";
  if (/[. ]$/u.test(text)) return "its name ends with a dot or a blank, which Windows drops";
  if (isDevice(text)) return "its name is that of a device on Windows";
  return text.startsWith(whiteoutPrefix) ? `its name begins with ${whiteoutPrefix}, as deletions do` : undefined;
}

/** Whatever follows the first dot, `NUL.txt` is the device. */
function isDevice(text: string): boolean {
  return /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$) *(?:\.|$)/iu.test(text);
}
