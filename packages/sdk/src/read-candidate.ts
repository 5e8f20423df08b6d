import { type ExtensionId, limits, toExtensionId } from "@bowsprit/core";
import { servicesWithoutCommand } from "@bowsprit/compose";
import type { ExtensionImage } from "@bowsprit/image";
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

/** Judges an opened extension and decides what will run it. */
export async function readCandidate(image: ExtensionImage, options: ReadOptions): Promise<Candidate> {
  const { metadata, location, labels } = image;
  const id = toExtensionId(image.name);
  const title = labels?.title ?? metadata.ui?.dashboardTab.title ?? id;
  const planned = await planFolder({
    id,
    title,
    metadata,
    isFolder: image.kind === "folder",
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
