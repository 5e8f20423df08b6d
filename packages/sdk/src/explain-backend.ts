import type { BackendRuntime, ExtensionId } from "@bowsprit/core";
import { projectOf } from "./project-of.ts";

/** Why a backend does not answer, as one line: what its services do, and the last thing one of them printed. */
export async function explainBackend(id: ExtensionId, runtime: BackendRuntime): Promise<string> {
  const project = projectOf(id);
  const services = (await runtime.status(project)).map(({ name, state, exitCode }) => {
    const ended = exitCode === undefined ? "" : ` (last exit code ${exitCode})`;
    return `service ${name} is ${state}${ended}`;
  });
  let last = "";
  for await (const { text } of runtime.logs(project, { tail: 20 })) last = text.trim() === "" ? last : text.trim();
  const printed = last === "" ? "" : `; it last printed: ${last.slice(0, 200)}`;
  return `reach the backend of ${id}: nothing listens on its socket; ${services.join(", ") || "no service runs"}${printed}`;
}
