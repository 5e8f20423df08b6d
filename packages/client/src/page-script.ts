/** The built script that makes `window.ddClient`, as a `file:` URL: the same place beside `src` and inside `dist`. */
export const pageScript: URL = new URL("../dist/page.js", import.meta.url);
