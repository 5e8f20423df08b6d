import { BowspritError, type EngineName, ErrorCode } from "@bowsprit/core";
import type { DetectedEngine } from "./detect-engine.ts";
import type { EngineChoice } from "./host.ts";

export interface EngineQuestion {
  /** The extension, for messages. */
  readonly id: string;
  readonly choice: EngineChoice;
  readonly hasBackend: boolean;
  /** Services that name no local command. */
  readonly engineOnly: readonly string[];
  /** Asked at most once, and only where the answer matters. */
  readonly detect: () => Promise<DetectedEngine | undefined>;
}

export interface EngineDecision {
  readonly engine: EngineName | null;
  readonly reason: string;
}

const howToGetOne =
  "Install Docker Engine or Podman and start it (docker info must answer), or give every service an x-local command.";

/**
 * Decides what runs a backend. This version runs backends as local processes; where an engine is asked for or needed it says so.
 * @throws BowspritError `ENGINE_UNAVAILABLE` where an engine is needed and none answers, `UNSUPPORTED` where one answers.
 */
export async function chooseEngine(question: EngineQuestion): Promise<EngineDecision> {
  const { id, choice, hasBackend, engineOnly } = question;
  if (choice.startsWith("docker")) throw await cannotUseEngine(question, `--engine ${choice} was asked for`);
  if (!hasBackend) return { engine: null, reason: "it has no backend" };
  if (engineOnly.length > 0) {
    const why = `service ${engineOnly.join(", ")} has no x-local command`;
    if (choice === "auto") throw await cannotUseEngine(question, why);
    throw new BowspritError(ErrorCode.Unsupported, `install ${id} on the local runtime: ${why}`, { hint: howToGetOne });
  }
  if (choice === "local") return { engine: "local", reason: "as asked for" };
  const engine = await question.detect();
  const reason = engine ? "an engine answers, but this version runs folders locally" : "no container engine answers";
  return { engine: "local", reason };
}

async function cannotUseEngine({ id, detect }: EngineQuestion, why: string): Promise<BowspritError> {
  const engine = await detect();
  if (engine === undefined) {
    return new BowspritError(ErrorCode.EngineUnavailable, `install ${id}: ${why}, and no container engine answers`, {
      hint: howToGetOne,
    });
  }
  return new BowspritError(
    ErrorCode.Unsupported,
    `install ${id}: ${why}, and this version cannot run backends on an engine`,
    {
      details: { engine: engine.address },
      hint: "Give every service an x-local command, and install with --engine local.",
    },
  );
}
