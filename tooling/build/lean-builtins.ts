import { isBuiltin } from "node:module";
import type { Rolldown } from "tsdown";

const esm = "\0lean-builtin:";
const cjs = "\0lean-required-builtin:";

/**
 * Makes a program take from a module of Node only what it uses. An `import` of one evaluates every export it has, some of which load
 * much more: `node:fs` costs 5 ms of processor time so, `node:process` as much, `node:util` 4, a tenth of a whole short run each. The
 * bundler's own stand-in for `require` imports `node:module` for the same price; with none left to stand in for, it is gone.
 */
export const leanBuiltins: Rolldown.Plugin = {
  name: "lean-builtins",
  resolveId: {
    order: "pre",
    handler(id, importer, { kind }) {
      // The bundler's own runtime must be whole before anything else runs.
      if (importer === undefined || importer.startsWith("\0") || !isBuiltin(id)) return undefined;
      if (kind === "import-statement") return esm + id;
      return kind === "require-call" ? cjs + id : undefined;
    },
  },
  load(id) {
    if (id.startsWith(cjs)) return `module.exports = ${lookUp(id.slice(cjs.length))};`;
    if (!id.startsWith(esm)) return undefined;
    const name = id.slice(esm.length);
    const exported = Object.keys(process.getBuiltinModule(name) ?? {}).filter((key) => /^[A-Za-z_$][\w$]*$/u.test(key));
    const [head, value] = isLate(name)
      ? [`const late = () => ${lookUp(name)};`, (key: string) => `(...given) => late().${key}(...given)`]
      : [`const builtin = /* @__PURE__ */ ${lookUp(name)}; export default builtin;`, (key: string) => `builtin.${key}`];
    const named = exported
      .filter((key) => key !== "default" && !(isLate(name) && key === "constants"))
      .map((key) => `const $${key} = ${value(key)}; export { $${key} as ${key} };`);
    return { code: [head, ...named].join("\n"), moduleSideEffects: false };
  },
};

/** Loads much and has functions only, so it can wait for the first call of one. Its `constants` are those of `node:fs`. */
function isLate(name: string): boolean {
  return name === "node:fs/promises";
}

function lookUp(name: string): string {
  return `process.getBuiltinModule(${JSON.stringify(name)})`;
}
