/** The rule by which the law speaks. */
export const lawRule = "eslint(no-restricted-imports)";

/** One file of the workspace that is linted: a single import, or a single offence. */
export interface LawCase {
  /** The sentence it belongs to; the cases of one sentence are judged together. */
  readonly sentence: string;
  readonly file: string;
  readonly source: string;
  /** The rule that must fire. */
  readonly rule: string;
  /** True when the rule must keep silent instead. */
  readonly allowed: boolean;
}

/** A case of the law: `place` may, or may not, import `module`. */
export function importCase(
  sentence: string,
  place: string,
  verdict: { readonly module: string; readonly allowed: boolean },
): LawCase {
  const { module, allowed } = verdict;
  const name = `${sentence}-${module}`.replace(/[^a-z]+/g, "-").replace(/^-|-$/g, "");
  return {
    sentence,
    file: `${place}/${name}${module.startsWith("node:") ? "-prefixed" : ""}.ts`,
    source: use(module),
    rule: lawRule,
    allowed,
  };
}

/** A module that imports another one and uses it. */
export function use(module: string): string {
  return `import { it } from "${module}";\nexport const its = it;\n`;
}
