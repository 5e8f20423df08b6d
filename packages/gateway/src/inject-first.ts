/** How far into a document its first element is looked for. */
const head = 4096;
const beforeFirstElement = /^(?:\u00ef\u00bb\u00bf)?(?:\s|<!--[^]*?-->)*(?:<!doctype[^>]*>)?/iu;

/**
 * Puts an element before the first one of an HTML document, so that its script runs before any other. The rest of the document keeps its
 * bytes. In front of `<html>` a script is part of the head that the parser makes then; what `<html>` and `<head>` say still counts.
 */
export function injectFirst(document: Buffer, element: string): Buffer {
  const [before = ""] = beforeFirstElement.exec(document.toString("latin1", 0, head)) ?? [];
  return Buffer.concat([document.subarray(0, before.length), Buffer.from(element), document.subarray(before.length)]);
}
