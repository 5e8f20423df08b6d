/** The folder of the built UI, as a `file:` URL that ends in `/`: the same place beside `src` and inside `dist`. */
export const dashboardFolder: URL = new URL("../dist/site/", import.meta.url);
