import { doors, doorsOpenToTests, extensions, extensionTypes, facade, mayImport, nodeless, npmName } from "../law.ts";
import { importCase, lawRule, use, type LawCase } from "./law-case.ts";

const packages = Object.keys(mayImport);

/** What the tables of the law say, arrow by arrow and door by door, and the ways around them. */
export const lawCases: readonly LawCase[] = [
  ...arrows(),
  ...doorCases(),
  ...appCases(),
  ...nodelessCases(),
  ...detours(),
];

function arrows(): LawCase[] {
  return packages.flatMap((from) =>
    packages
      .filter((to) => to !== from)
      .map((to) =>
        importCase(`${from} imports the packages that are drawn`, `packages/${from}/src`, {
          module: npmName(to),
          allowed: to === "core" || (mayImport[from] ?? []).includes(to),
        }),
      ),
  );
}

function doorCases(): LawCase[] {
  return Object.entries(doors).flatMap(([door, keepers]) =>
    packages.flatMap((from) => {
      const open = keepers.includes(from);
      const spellings = door.startsWith("node:") ? [door, door.slice("node:".length)] : [door];
      return [
        ...spellings.map((module) =>
          importCase(`only its keepers open ${door}`, `packages/${from}/src`, { module, allowed: open }),
        ),
        importCase(`tests open ${door} when a test may be its other end`, `packages/${from}/test`, {
          module: door,
          allowed: open || doorsOpenToTests.includes(door),
        }),
      ];
    }),
  );
}

function appCases(): LawCase[] {
  const imports = packages.flatMap((to) => [
    importCase("a demo app imports the facade", "apps/demo", { module: npmName(to), allowed: facade.includes(to) }),
    ...extensions.map((from) =>
      importCase("an extension imports nothing of ours at run time", `apps/${from}/backend`, {
        module: npmName(to),
        allowed: false,
      }),
    ),
  ]);
  const types = extensionTypes.map((to): LawCase => ({
    sentence: "an extension imports types",
    file: `apps/${extensions[0]}/ui/type-of-${to}.ts`,
    source: `import type { It } from "${npmName(to)}";\nexport type Its = It;\n`,
    rule: lawRule,
    allowed: true,
  }));
  const closed = Object.keys(doors).map((module) =>
    importCase("an app opens no door", "apps/demo/lib", { module, allowed: false }),
  );
  return [...imports, ...types, ...closed];
}

function nodelessCases(): LawCase[] {
  return nodeless.flatMap((from) =>
    ["node:fs", "path", "fs/promises"].map((module) =>
      importCase(`${from} imports nothing of Node`, `packages/${from}/src`, { module, allowed: false }),
    ),
  );
}

function detours(): LawCase[] {
  const one = (sentence: string, file: string, source: string): LawCase => ({
    sentence,
    file,
    source,
    rule: lawRule,
    allowed: false,
  });
  const may = (sentence: string, file: string, source: string): LawCase => ({
    ...one(sentence, file, source),
    allowed: true,
  });
  return [
    one("another package's sources are closed", "packages/sdk/src/its-src.ts", use("@bowsprit/store/src/index.ts")),
    one("another package's output is closed", "packages/sdk/src/its-dist.ts", use("@bowsprit/store/dist/index.js")),
    one("a relative import stays inside", "packages/sdk/src/out.ts", use("../../store/src/index.ts")),
    one("a relative import stays inside", "packages/sdk/src/a/b/out.ts", use("../../../../store/src/index.ts")),
    one("a relative import stays inside", "packages/sdk/out.ts", use("../store/src/index.ts")),
    one("a relative import stays inside", "apps/demo/out.ts", use("../hello/backend/server.js")),
    may("a relative import stays inside", "packages/sdk/src/a/b/in.ts", use("../../../test/x.ts")),
    may("a relative import stays inside", "packages/sdk/in.ts", use("./src/x.ts")),
    one("import() is an import", "packages/sdk/src/dynamic.ts", 'export const it = import("undici");\n'),
    one("export from is an import", "packages/sdk/src/from.ts", 'export { it } from "@bowsprit/gateway";\n'),
    one("export all is an import", "packages/sdk/src/all.ts", 'export * from "@bowsprit/gateway";\n'),
    one(
      "a type is an import",
      "packages/store/src/of-type.ts",
      'import type { It } from "@bowsprit/sdk";\nexport type Its = It;\n',
    ),
    one("sources leave the workspace's tools alone", "packages/sdk/src/tool.ts", use("@tooling/law")),
    one("a test imports what is drawn or declared", "packages/store/test/undrawn.test.ts", use("@bowsprit/sdk")),
    may("a test imports what is drawn or declared", "packages/transport/test/declared.test.ts", use("@bowsprit/exec")),
    may("a test imports what is drawn or declared", "packages/transport/src/declared.test.ts", use("@bowsprit/exec")),
    one(
      "a source does not import what only tests declare",
      "packages/transport/src/declared.ts",
      use("@bowsprit/exec"),
    ),
  ];
}
