import type { Case } from "./case.ts";
import { helloCases } from "./hello-cases.ts";
import { pipeCases } from "./pipe-cases.ts";

/** Everything that is checked under real Windows Node, in this order. */
export const cases: readonly Case[] = [...pipeCases, ...helloCases];
