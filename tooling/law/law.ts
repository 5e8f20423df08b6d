/** The dependency law: which packages each package may import. Everything may import `core` besides. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  transport: [],
  "transport-unix-socket": ["transport"],
  "transport-named-pipe": ["transport"],
  exec: [],
  compose: ["engine", "exec"],
  image: ["engine"],
  "binary-installer": ["exec"],
  engine: ["transport"],
  store: [],
  sdk: [
    "store",
    "compose",
    "image",
    "binary-installer",
    "exec",
    "engine",
    "transport",
    "transport-unix-socket",
    "transport-named-pipe",
  ],
  control: ["sdk", "transport"],
  client: [],
  gateway: ["sdk", "transport", "client"],
  dashboard: [],
  testing: ["gateway", "sdk"],
  "create-extension": [],
  cli: ["gateway", "control", "sdk", "create-extension", "dashboard"],
};

/** The doors: modules that only the named packages may import. A `node:` module is meant in both of its spellings. */
export const doors: Readonly<Record<string, readonly string[]>> = {
  "node:net": ["transport-unix-socket", "transport-named-pipe"],
  "node:child_process": ["exec"],
  undici: ["transport", "image"],
  ws: ["transport", "gateway"],
  "node-ipc": ["control"],
};

/** Doors that are open to every package's tests: a test is the peer at the other end, or the person who starts the program. */
export const doorsOpenToTests: readonly string[] = ["node:net", "node:child_process"];

/** Packages that also run in a browser, and so import nothing of Node. */
export const nodeless: readonly string[] = ["core", "client"];

/** What the demo apps may import of ours: the facade, as somebody who installed it from the registry would. */
export const facade: readonly string[] = ["sdk", "gateway", "dashboard"];

/** The apps that are extensions: they run inside a host and import nothing of ours but types. */
export const extensions: readonly string[] = ["hello"];

/** What an extension may import of ours: types of the vocabulary and of the page's client. */
export const extensionTypes: readonly string[] = ["core", "client"];

/** Folders whose npm name is not `@bowsprit/<folder>`. */
const ownNames: Readonly<Record<string, string>> = { cli: "bowsprit", "create-extension": "create-bowsprit-extension" };

/** The npm name of a package folder. */
export function npmName(folder: string): string {
  return ownNames[folder] ?? `@bowsprit/${folder}`;
}
