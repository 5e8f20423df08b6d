import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type BackendPlan, type CallOptions, createTurns, type Progress } from "@bowsprit/core";
import { endOfCall } from "@bowsprit/exec";
import { callEnd } from "./call-end.ts";
import { checkProjectName } from "./check-plan.ts";
import { endLeftovers } from "./leftovers.ts";
import { createLocalProject, type LocalProject } from "./local-project.ts";
import type { LocalRuntimeOptions } from "./local-runtime.ts";
import { createProjectRecordFile, type ProjectRecordFile } from "./project-record.ts";

/** The projects of one runtime object, and the places of all. */
export interface LocalProjects {
  recordOf(project: string): ProjectRecordFile;
  logFolderOf(project: string): string;
  /** The project, if this object runs it. */
  running(project: string): LocalProject | undefined;
  start(plan: BackendPlan, call: CallOptions): Promise<readonly Progress[]>;
  /** Ends a project, whoever started it. */
  stop(project: string, call: CallOptions): Promise<void>;
  /** Ends what this object started. */
  stopOwn(): Promise<void>;
}

/** The set of one runtime, empty. Calls for the same project run one after the other. */
export function createLocalProjects(options: LocalRuntimeOptions): LocalProjects {
  const { stateFolder, logsFolder, processes, graceMs } = options;
  const projects = new Map<string, LocalProject>();
  const inTurn = createTurns();
  const recordOf = (project: string): ProjectRecordFile =>
    createProjectRecordFile(join(stateFolder, `${checkProjectName(project)}.json`));
  const logFolderOf = (project: string): string => join(logsFolder, checkProjectName(project));
  const running = (project: string): LocalProject | undefined => {
    const known = projects.get(project);
    return known?.isCurrent() === true ? known : undefined;
  };

  const stop = async (project: string, hurry?: AbortSignal): Promise<void> => {
    await projects.get(project)?.stop(hurry);
    projects.delete(project);
    await endLeftovers(recordOf(project), { processes, graceMs, hurry });
  };

  const start = async (plan: BackendPlan, signal: AbortSignal | undefined): Promise<readonly Progress[]> => {
    const { project } = plan;
    const known = running(project);
    if (known !== undefined && isDeepStrictEqual(known.plan, plan)) return known.progress();
    await stop(project, signal);
    const record = recordOf(project);
    const started = createLocalProject({ plan, record, logFolder: logFolderOf(project), runtime: options });
    projects.set(project, started);
    try {
      return await started.start(signal);
    } catch (error) {
      await stop(project, signal);
      throw signal?.aborted === true ? endOfCall(`start ${project}`, signal) : error;
    }
  };

  return {
    recordOf,
    logFolderOf,
    running,
    start: (plan, call) => inTurn(plan.project, () => start(plan, callEnd(call))),
    stop: (project, call) => inTurn(checkProjectName(project), () => stop(project, callEnd(call))),
    async stopOwn() {
      const stopOne = async (project: string): Promise<void> => {
        if (running(project) !== undefined) return stop(project);
        // Somebody else has it now: only what is ours is ended.
        await projects.get(project)?.stop();
        projects.delete(project);
      };
      await Promise.all([...projects.keys()].map((project) => inTurn(project, () => stopOne(project))));
    },
  };
}
