import { BowspritError, ErrorCode, type ExtensionId, limits, type Platform, toExtensionId } from "@bowsprit/core";
import { adoptExecutables, chooseExecutables } from "@bowsprit/binary-installer";
import { servicesWithoutCommand } from "@bowsprit/compose";
import type { LocalRuntime } from "@bowsprit/compose/local";
import { describeSource, type ExtensionImage, openFolder } from "@bowsprit/image";
import type { ExtensionRecord, HomeLock, InstalledExtension, Store } from "@bowsprit/store";
import type { Backends } from "./backends.ts";
import { chooseEngine, type EngineDecision } from "./choose-engine.ts";
import type { ConsentReport } from "./consent.ts";
import type { DetectedEngine } from "./detect-engine.ts";
import type { HomeSession } from "./home-session.ts";
import type { InstallOptions } from "./host.ts";
import { type PlannedBackend, planFolder } from "./plan-extension.ts";
import { projectOf } from "./project-of.ts";

/** What an install uses of the host. */
export interface InstallTools {
  readonly store: Store;
  readonly session: HomeSession;
  readonly backends: Backends;
  readonly runtime: LocalRuntime;
  readonly platform: Platform;
  readonly detectEngine: () => Promise<DetectedEngine | undefined>;
}

/** A source that was read and judged; nothing of it was written or started. */
interface Candidate {
  readonly id: ExtensionId;
  readonly title: string;
  readonly image: ExtensionImage;
  readonly planned: PlannedBackend | undefined;
  readonly decision: EngineDecision;
}

/** The whole of `Host.install`, in the order that its promise names. */
export async function installExtension(source: string, options: InstallOptions, tools: InstallTools): Promise<InstalledExtension> {
  const say = options.onProgress ?? (() => undefined);
  refuseIfAborted(source, options.signal);
  const location = await folderOf(source);
  say(`source: the folder ${location}`);
  const candidate = await readCandidate(location, options, tools);
  await refuseCollision(candidate.id, tools.store);
  await askConsent(candidate, options, tools);
  return tools.session.change(async (lock) => {
    await tools.store.recover(lock);
    say("copying");
    const installed = await writeCandidate(candidate, lock, { options, tools });
    try {
      if (installed.record.engine !== null) await startOnce(installed, options, tools);
      return installed;
    } catch (error) {
      await tools.backends.stop(installed.id);
      await tools.runtime.forget(projectOf(installed.id));
      await tools.store.remove(lock, installed.id);
      throw error;
    }
  }, options);
}

function refuseIfAborted(source: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new BowspritError(ErrorCode.Aborted, `install ${source}: told to stop`, { cause: signal.reason });
}

async function folderOf(source: string): Promise<string> {
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

async function readCandidate(location: string, options: InstallOptions, tools: InstallTools): Promise<Candidate> {
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
    choice: options.engine ?? "auto",
    hasBackend: planned !== undefined,
    engineOnly: planned === undefined ? [] : servicesWithoutCommand(planned.plan),
    detect: tools.detectEngine,
  });
  return { id, title, image, planned, decision };
}

async function refuseCollision(id: ExtensionId, store: Store): Promise<void> {
  if (!(await store.list()).some((entry) => entry.id === id)) return;
  throw new BowspritError(ErrorCode.ExtensionExists, `install ${id}: an extension of that id is installed already`, {
    details: { id },
    hint: `Remove it first (bowsprit rm ${id}), or give metadata.json another "name".`,
  });
}

async function askConsent(candidate: Candidate, { consent }: InstallOptions, { platform }: InstallTools): Promise<void> {
  if (consent === "granted") return;
  const { id, title, image, planned, decision } = candidate;
  const report: ConsentReport = {
    id,
    title,
    source: image.location,
    engine: decision.engine,
    engineReason: decision.reason,
    services: (planned?.plan.services ?? []).map(({ name, command = [] }) => ({ name, command })),
    executables: chooseExecutables(image.metadata, platform).map(({ name }) => name),
    page: image.metadata.ui === undefined ? null : title,
    warnings: [...image.warnings, ...(planned?.warnings ?? [])],
  };
  if (await consent(report)) return;
  throw new BowspritError(ErrorCode.ConsentRequired, `install ${id}: not agreed to`, { hint: "Nothing was written or started." });
}

interface Writing {
  readonly options: InstallOptions;
  readonly tools: InstallTools;
}

async function writeCandidate(candidate: Candidate, lock: HomeLock, { options, tools }: Writing): Promise<InstalledExtension> {
  const { id, title, image, planned, decision } = candidate;
  const { store, platform } = tools;
  const choices = chooseExecutables(image.metadata, platform);
  const staging = await store.stage(lock);
  try {
    const whole = planned?.plan.services.some(({ command }) => command !== undefined) ?? false;
    const paths = choices.map(({ path }) => path);
    const written = await image.write(staging.root, { whole, paths, ...(options.signal && { signal: options.signal }) });
    const { binaries, warnings } = await adoptExecutables({ choices, root: staging.root, target: staging.host, platform });
    for (const warning of [...written.warnings, ...warnings]) options.onProgress?.(`note: ${warning}`);
    const record: ExtensionRecord = {
      format: 1,
      id,
      title,
      vendor: null,
      version: null,
      image: null,
      digest: written.digest,
      source: { kind: "folder", path: image.location },
      engine: decision.engine,
      installedAt: new Date().toISOString(),
      metadata: image.metadata,
      services: planned?.plan.services.map(({ name }) => name) ?? [],
      files: written.files,
      binaries: binaries.map(({ name, path, sha256 }) => ({ name, path: `host/${path}`, sha256 })),
    };
    return await store.commit(lock, staging, { record });
  } catch (error) {
    await staging.discard();
    throw error;
  }
}

/** A backend that crashes is no install; one that is only slow is, and its log says the rest. */
async function startOnce(installed: InstalledExtension, options: InstallOptions, tools: InstallTools): Promise<void> {
  const say = options.onProgress ?? (() => undefined);
  say("starting the backend");
  const backend = await tools.backends.start(installed);
  try {
    await backend.ready(options.signal ? { signal: options.signal } : {});
  } catch (error) {
    if (!BowspritError.is(error, ErrorCode.BackendUnavailable) || error.details["crashed"] === true) throw error;
    say("note: the backend runs but does not listen on its socket yet");
  }
}
