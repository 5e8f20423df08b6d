import { rm } from "node:fs/promises";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import { checkPlan, checkProjectName } from "./check-plan.ts";
import { followLogs } from "./follow-logs.ts";
import { statusOfRecord } from "./leftovers.ts";
import { createLocalProjects } from "./local-projects.ts";
import type { LocalRuntime, LocalRuntimeOptions } from "./local-runtime.ts";

/**
 * Creates the runtime `local`: backends as supervised processes of this computer, each service in a process group of its own. Nothing is
 * read or made before a call needs it. One process runs a project at a time; who sees to that is the caller, by a lock. `down`, `status` and
 * `logs` work from any process, by what is on disk. When the signal or the time of `down` ends, what still runs gets SIGKILL.
 */
export function createLocalRuntime(options: LocalRuntimeOptions): LocalRuntime {
  const { stateFolder, processes } = options;
  const projects = createLocalProjects(options);
  return {
    name: "local",
    async *up(plan, call = {}) {
      checkPlan(plan);
      yield* await projects.start(plan, call);
    },
    async down(project, call = {}) {
      await projects.stop(project, call);
    },
    async status(project) {
      const running = projects.running(project);
      if (running !== undefined) return running.status();
      const record = projects.recordOf(project).read();
      return record === undefined ? [] : statusOfRecord(record, processes);
    },
    logs(project, call = {}) {
      const record = projects.recordOf(project);
      const isUp = (): boolean => {
        const found = record.read();
        return found !== undefined && processes.isAlive(found.host);
      };
      return followLogs({ folder: projects.logFolderOf(project), stateFolder, isUp }, call);
    },
    async exec(...[project, service, argv, call = {}]) {
      const running = projects.running(checkProjectName(project));
      if (running !== undefined) return running.exec(service, argv, call);
      throw new BowspritError(ErrorCode.BackendUnavailable, `exec in ${project}: this host does not run it`, {
        hint: "Start the extension here first.",
      });
    },
    async forget(project) {
      await projects.stop(project, {});
      await rm(projects.logFolderOf(project), { recursive: true, force: true });
    },
    [Symbol.asyncDispose]: () => projects.stopOwn(),
  };
}
