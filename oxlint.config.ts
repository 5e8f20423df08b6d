import { defineConfig } from "oxlint";
import { importOverrides } from "./tooling/law/import-overrides.ts";
import { readMembers } from "./tooling/law/read-members.ts";

export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "promise", "vitest"],
  categories: { correctness: "error" },
  ignorePatterns: ["**/dist/**", "**/*.gen.ts"],
  rules: {
    // Size and shape
    "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
    "max-params": ["error", { max: 3 }],
    "max-depth": ["error", 3],
    "unicorn/filename-case": ["error", { case: "kebabCase" }],

    // Modules
    "import/no-default-export": "error",
    "import/no-cycle": "error",
    "oxc/no-barrel-file": ["error", { threshold: 0 }],
    "typescript/consistent-type-imports": "error",
    "typescript/consistent-type-exports": "error",
    "typescript/no-import-type-side-effects": "error",
    "typescript/no-require-imports": "error",
    "unicorn/prefer-node-protocol": "error",
    "no-restricted-properties": [
      "error",
      { object: "process", property: "getBuiltinModule", message: "It passes by the dependency law." },
    ],

    // Types
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/ban-ts-comment": "error",
    "typescript/prefer-readonly": "error",
    "typescript/no-unnecessary-type-assertion": "error",
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],

    // Failures
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/await-thenable": "error",
    "typescript/return-await": ["error", "error-handling-correctness-only"],
    "typescript/only-throw-error": ["error", { allowThrowingAny: true, allowThrowingUnknown: true }],
    "typescript/prefer-promise-reject-errors": "error",
    "typescript/no-deprecated": "error",

    // Interfaces declare methods, factories answer with closures: nothing here depends on `this`.
    "typescript/unbound-method": "off",

    // A promise that wraps an emitter calls back by design.
    "promise/no-callback-in-promise": "off",

    // Language
    // Control characters are what our readers look for.
    "no-control-regex": "off",
    eqeqeq: "error",
    "no-var": "error",
    "prefer-const": "error",
    "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx"] }],

    // Tests
    "vitest/no-focused-tests": "error",
    "vitest/no-identical-title": "error",
    "vitest/valid-expect": ["error", { maxArgs: 2 }],
    // Helpers do the expecting in many cases; a type-only mock needs no parameters.
    "vitest/expect-expect": "off",
    "vitest/require-mock-type-parameters": "off",
    "vitest/require-to-throw-message": "off",
  },
  overrides: [
    { files: ["packages/*/src/**"], excludeFiles: ["packages/cli/src/**"], rules: { "no-console": "error" } },
    // It writes that call into the output; the imports it stands for were judged in the sources.
    { files: ["tooling/build/lean-builtins.ts"], rules: { "no-restricted-properties": "off" } },
    { files: ["**/*.config.ts"], rules: { "import/no-default-export": "off" } },
    { files: ["**/*.test.*", "**/test/**"], rules: { "max-lines-per-function": "off" } },
    ...importOverrides(readMembers(import.meta.dirname)),
  ],
});
