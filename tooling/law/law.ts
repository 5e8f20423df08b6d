/** The dependency law of DESIGN §2: which packages each package may import. Everything may import `core`. */
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

/** The doors of DESIGN §2.2: modules that only the named packages may import. */
export const doors: Readonly<Record<string, readonly string[]>> = {
  net: ["transport-unix-socket", "transport-named-pipe"],
  "node:net": ["transport-unix-socket", "transport-named-pipe"],
  undici: ["transport", "image"],
  ws: ["transport", "gateway"],
  "node-ipc": ["control"],
  child_process: ["exec"],
  "node:child_process": ["exec"],
};

/** What the apps may import of ours. */
export const facade: readonly string[] = ["sdk", "gateway"];
