import { defineLibrary } from "@tooling/build";

// A program starts faster from a few files than from many packages: everything it imports is in it.
const bundle = [
  /^@bowsprit\//u,
  "env-paths",
  "eventsource-parser",
  "is-safe-filename",
  "mrmime",
  "node-ipc",
  "undici",
  "ws",
  "yaml",
];

// Each further file costs a start half a millisecond: what every command loads is one file, what listing loads beside it another.
const every = [
  /\/packages\/core\/src\/(?:bowsprit-error|error-code|node-error)\.ts/u,
  /lean-builtin:node:(?:fs|os|util)$/u,
  /\/packages\/cli\/src\/(?:main|command-table|help|parse-arguments|print-error|until-signal|write-text)\.ts/u,
];
const listing = [
  /\/packages\/cli\/src\/(?:commands\/ls|open-host|format-table)\.ts/u,
  /\/packages\/core\/src\/(?:platform|extension-id|extension-id-of-argument|image-ref|digest|json-value|clean-text|limits)\.ts/u,
  /lean-builtin:node:(?:events|fs\/promises|path|timers\/promises)$/u,
  /\/packages\/store\/src\//u,
  /\/packages\/sdk\/src\/(?:create-host|create-catalog|default-home|describe-extension|host-over|address-of|project-of)\.ts/u,
  /\/packages\/exec\/src\/(?:create-process-table|process-stat|this-platform)\.ts/u,
  /\/packages\/transport\/src\/address\.ts/u,
  /\/packages\/control\/src\/(?:find-daemon|daemon-record)\.ts/u,
  /\/(?:env-paths|is-safe-filename)\//u,
];
const holds = (patterns: readonly RegExp[]) => (id: string) => patterns.some((pattern) => pattern.test(id));
const chunks = [
  { name: "main", test: holds(every), priority: 2 },
  { name: "list", test: holds(listing), priority: 1 },
];

// The thread in which images are read is a file of its own, since a thread begins with one.
// What the gateway serves lies beside the program, where `@bowsprit/client` and `@bowsprit/dashboard` look for it from the bundle.
const copy = [
  { from: "../client/dist/page.js", to: "dist" },
  { from: "../dashboard/dist/site", to: "dist" },
];

export default {
  ...defineLibrary({
    entry: { bin: "src/bin.ts", "image-thread": "../image/src/image-thread.ts" },
    dts: false,
    bundle,
    chunks,
    lean: true,
  }),
  copy,
};
