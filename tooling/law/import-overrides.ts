import { builtinModules } from "node:module";
import type { OxlintOverride } from "oxlint";
import { doors, doorsOpenToTests, extensions, extensionTypes, facade, mayImport, nodeless, npmName } from "./law.ts";

type ImportPattern = { readonly regex: string; readonly message: string; readonly allowTypeImports?: boolean };

/** What the law needs to know of one folder under `packages` or `apps`. */
export interface Member {
  readonly kind: "package" | "app";
  readonly folder: string;
  /** npm names of ours that its tests may import besides what the law draws: its `devDependencies`. */
  readonly testDependencies: readonly string[];
}

/** A relative import leaves its package after as many `../` as its file lies deep, so each depth has a rule of its own. */
const depths: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

/**
 * The dependency law as lint rules: `no-restricted-imports` for the sources and the tests of every member.
 * It covers `import`, `export … from` and `import()`. `*.config.ts` files are tools, not part of a package.
 */
export function importOverrides(members: readonly Member[]): OxlintOverride[] {
  return members.flatMap((member) =>
    depths.flatMap((depth) => {
      const place = `${member.kind}s/${member.folder}/${"*/".repeat(depth)}`;
      const tests =
        depth === 0
          ? [`${place}*.test.*`]
          : [`${place}*.test.*`, `${member.kind}s/${member.folder}/test/${"*/".repeat(depth - 1)}*`];
      const source = patterns(member, false);
      const test = patterns(member, true);
      return [override([`${place}*`], [...source, escape(depth)]), override(tests, [...test, escape(depth)])];
    }),
  );
}

function override(files: string[], forbidden: readonly ImportPattern[]): OxlintOverride {
  return {
    files,
    excludeFiles: ["**/*.config.*"],
    rules: { "no-restricted-imports": ["error", { patterns: forbidden.map((pattern) => ({ ...pattern })) }] },
  };
}

function patterns(member: Member, test: boolean): ImportPattern[] {
  const closed = Object.keys(doors).filter((door) => !isOpen(member, door, test));
  const forbidden = forbiddenNames(member, test);
  const all: ImportPattern[] = [
    {
      regex: oneOf(forbidden.always),
      message: `law: ${member.folder} does not import this package (tooling/law/law.ts)`,
    },
    {
      regex: oneOf(forbidden.atRunTime),
      message: "law: an extension imports only types of ours",
      allowTypeImports: true,
    },
    {
      regex: "^(@bowsprit/[^/]+|bowsprit|create-bowsprit-extension)/(src|dist)(/|$)",
      message: "law: another package is imported by its exports",
    },
    {
      regex: oneOf(closed.flatMap(spellings)),
      message: `door: ${member.folder} does not open this module itself (tooling/law/law.ts)`,
    },
  ];
  if (!test && member.kind === "package" && nodeless.includes(member.folder)) {
    all.push({
      regex: `^(node:.*|(${builtinModules.map(quote).join("|")})(/.*)?)$`,
      message: `law: ${member.folder} also runs in a browser`,
    });
  }
  if (!test && member.kind === "package")
    all.push({ regex: "^@tooling/", message: "law: sources do not import the workspace's tools" });
  return all.filter((pattern) => pattern.regex !== oneOf([]));
}

function forbiddenNames(member: Member, test: boolean): { readonly always: string[]; readonly atRunTime: string[] } {
  const others = Object.keys(mayImport).filter((name) => member.kind === "app" || name !== member.folder);
  const declared = (name: string): boolean => test && member.testDependencies.includes(npmName(name));
  const allowed = allowedFolders(member);
  const atRunTime = member.kind === "app" && extensions.includes(member.folder) ? extensionTypes : [];
  return {
    always: others
      .filter((name) => !allowed.includes(name) && !atRunTime.includes(name) && !declared(name))
      .map(npmName),
    atRunTime: atRunTime.filter((name) => !declared(name)).map(npmName),
  };
}

function allowedFolders(member: Member): readonly string[] {
  if (member.kind === "app") return extensions.includes(member.folder) ? [] : facade;
  return ["core", ...(mayImport[member.folder] ?? [])];
}

function isOpen(member: Member, door: string, test: boolean): boolean {
  if (test && doorsOpenToTests.includes(door)) return true;
  return member.kind === "package" && (doors[door] ?? []).includes(member.folder);
}

function escape(depth: number): ImportPattern {
  return {
    regex: `^(\\./)?(\\.\\./){${depth + 1}}|^\\.\\.$`.replace(depth === 0 ? "" : "|^\\.\\.$", ""),
    message: "law: a relative import stays inside its package",
  };
}

/** Both spellings of a module of Node: `node:net` and `net`. */
function spellings(door: string): string[] {
  return door.startsWith("node:") ? [door, door.slice("node:".length)] : [door];
}

function oneOf(names: readonly string[]): string {
  return `^(${names.map(quote).join("|")})(/|$)`;
}

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
