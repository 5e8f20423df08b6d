import type { LawCase } from "./law-case.ts";

/** One offence for each rule of the house that a machine can see. */
export const houseCases: readonly LawCase[] = [
  offence("eslint(max-lines)", "export {};\n".repeat(301)),
  offence(
    "eslint(max-lines-per-function)",
    `export function long(): void {\n${"  it();\n".repeat(51)}}\nfunction it(): void {}\n`,
  ),
  offence("eslint(max-params)", "export function many(a: 1, b: 2, c: 3, d: 4): unknown {\n  return [a, b, c, d];\n}\n"),
  offence(
    "eslint(max-depth)",
    "export function deep(a: boolean): void {\n  if (a) { if (a) { if (a) { if (a) { deep(a); } } } }\n}\n",
  ),
  offence("eslint(no-console)", 'console.log("x");\n'),
  offence("eslint(no-restricted-properties)", 'export const net = process.getBuiltinModule("net");\n'),
  offence("unicorn(filename-case)", "export const a = 1;\n", "notKebab.ts"),
  offence("import(no-default-export)", "export default 1;\n"),
  offence("oxc(no-barrel-file)", 'export * from "../import-no-default-export/offence.ts";\n', "index.ts"),
  offence("import(no-cycle)", 'import { b } from "./other.ts";\nexport const a = (): unknown => b;\n'),
  offence("import(no-cycle)", 'import { a } from "./offence.ts";\nexport const b = (): unknown => a;\n', "other.ts"),
  offence("typescript(no-explicit-any)", "export const a = (b: any): unknown => b;\n"),
  offence("typescript(no-non-null-assertion)", "export const a = (b?: string): string => b!;\n"),
  offence("typescript(consistent-type-imports)", 'import { It } from "../many.ts";\nexport type Its = It;\n'),
  offence("typescript(no-floating-promises)", "export function a(): void {\n  Promise.resolve(1);\n}\n"),
  offence(
    "typescript(no-misused-promises)",
    "export function a(b: (c: () => void) => void): void {\n  b(async () => Promise.resolve());\n}\n",
  ),
  offence(
    "typescript(switch-exhaustiveness-check)",
    'export function a(b: "x" | "y"): number {\n  switch (b) {\n    case "x":\n      return 1;\n  }\n  return 0;\n}\n',
  ),
];

function offence(rule: string, source: string, file = "offence.ts"): LawCase {
  const folder = rule.replace(/[^a-z-]+/g, "-").replace(/-$/, "");
  return { sentence: rule, file: `packages/exec/src/${folder}/${file}`, source, rule, allowed: false };
}
