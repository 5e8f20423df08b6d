import { type Inquiry, isWithin, refusal } from "./inquiry.ts";
import { splitEntryPath } from "./split-entry-path.ts";
import { showPath } from "./text-of.ts";

const hint = "Put the file itself there, or make it a relative link to a file inside the image.";

/**
 * An absolute target was meant for the computer that the image was built on. Only where it stays inside what is taken is there no doubt
 * that the image's own file is meant.
 * @throws BowspritError `SOURCE_REFUSED`.
 */
export function judgeLink(inquiry: Inquiry, path: string, link: string): void {
  if (!link.startsWith("/")) return;
  const { folder, name } = splitEntryPath(link);
  const target = folder === "" ? name : `${folder}/${name}`;
  if (inquiry.roots.some((root) => isWithin(target, root))) return;
  throw linkRefusal(inquiry, path, { link, why: "an absolute path that leads out of what is installed" });
}

/** The refusal of a link for where it leads. */
export function linkRefusal(
  { attempt }: Inquiry,
  path: string,
  { link, why }: { readonly link: string; readonly why: string },
): Error {
  return refusal(attempt, path, { why: `it is a link to ${showPath(link)}, ${why}`, hint });
}
