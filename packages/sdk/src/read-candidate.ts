import { BowspritError, ErrorCode, type ExtensionId, limits, toExtensionId } from "@bowsprit/core";
import { servicesWithoutCommand } from "@bowsprit/compose";
import { describeSource, type ExtensionImage, openFolder } from "@bowsprit/image";
import { chooseEngine, type EngineDecision } from "./choose-engine.ts";
import type { DetectedEngine } from "./detect-engine.ts";
import type { EngineChoice } from "./host.ts";
import { type PlannedBackend, planFolder } from "./plan-extension.ts";

/** A source that was read and judged; nothing of it was written or started. */
export interface Candidate {
  readonly id: ExtensionId;
  readonly title: string;
  readonly image: ExtensionImage;
  readonly planned: PlannedBackend | undefined;
  readonly decision: EngineDecision;
}

/** What decides beside the source itself. */
export interface ReadOptions {
  readonly engine: EngineChoice;
  readonly detectEngine: () => Promise<DetectedEngine | undefined>;
}

/**
 * The folder that an argument of an install names.
 * @throws BowspritError `SOURCE_NOT_FOUND`, `METADATA_MISSING`, `UNSUPPORTED`.
 */
export async function folderOf(source: string): Promise<string> {
  const described = await describeSource(source);
  if (described.kind === "folder") return described.path;
  const archive = described.kind === "archive";
  throw new BowspritError(
    archive ? ErrorCode.Unsupported : ErrorCode.SourceNotFound,
    archive
      ? `install ${source}: it is a file, and this version reads folders only`
      : `install ${source}: no such folder, and this version cannot get images`,
    { hint: "Give the path of a folder that holds metadata.json, ./name for one in this folder." },
  );
}

/** Reads a folder and decides what will run it. */
export async function readCandidate(location: string, options: ReadOptions): Promise<Candidate> {
  const image = await openFolder(location);
  const { metadata } = image;
  const id = toExtensionId(image.name);
  const title = metadata.ui?.dashboardTab.title ?? id;
  const planned = await planFolder({
    id,
    title,
    metadata,
    folder: location,
    readText: (path) => image.readText(path, limits.composeBytes),
  });
  const decision = await chooseEngine({
    id,
    choice: options.engine,
    hasBackend: planned !== undefined,
    engineOnly: planned === undefined ? [] : servicesWithoutCommand(planned.plan),
    detect: options.detectEngine,
  });
  return { id, title, image, planned, decision };
}
