import { chooseExecutables } from "@bowsprit/binary-installer";
import type { LocalRuntime } from "@bowsprit/compose/local";
import {
  BowspritError,
  type ConsentReport,
  ErrorCode,
  type ExtensionId,
  formatImageRef,
  type Platform,
} from "@bowsprit/core";
import type { RunHelper } from "@bowsprit/image";
import type { InstalledExtension, Store } from "@bowsprit/store";
import type { Backends } from "./backends.ts";
import type { DetectedEngine } from "./detect-engine.ts";
import type { HomeSession } from "./home-session.ts";
import type { InstallOptions } from "./host.ts";
import { projectOf } from "./project-of.ts";
import { openSource } from "./open-source.ts";
import { type Candidate, readCandidate } from "./read-candidate.ts";
import { writeCandidate } from "./write-candidate.ts";

/** What an install uses of the host. */
export interface InstallTools {
  readonly store: Store;
  readonly session: HomeSession;
  readonly backends: Backends;
  readonly runtime: LocalRuntime;
  readonly platform: Platform;
  readonly detectEngine: () => Promise<DetectedEngine | undefined>;
  readonly credentialHelper: RunHelper;
}

/** The whole of `Host.install`, in the order that its promise names. */
export async function installExtension(
  source: string,
  options: InstallOptions,
  tools: InstallTools,
): Promise<InstalledExtension> {
  const say = options.onProgress ?? (() => undefined);
  refuseIfAborted(source, options.signal);
  const { detectEngine, platform, store, credentialHelper } = tools;
  const { signal } = options;
  await using image = await openSource(source, {
    home: store.home,
    platform,
    credentialHelper,
    say,
    ...(signal && { signal }),
  });
  const candidate = await readCandidate(image, { engine: options.engine ?? "auto", detectEngine });
  await refuseCollision(candidate.id, tools.store);
  await askConsent(candidate, options, tools);
  return await tools.session.change(async (lock) => {
    await tools.store.recover(lock);
    say("copying");
    const installed = await writeCandidate(candidate, lock, { ...tools, ...options, say });
    try {
      if (installed.record.engine !== null) await startOnce(installed, options, tools);
      return installed;
    } catch (error) {
      await tools.backends.stop(installed.id, async () => {
        await tools.runtime.forget(projectOf(installed.id));
        await tools.store.remove(lock, installed.id);
      });
      throw afterRollback(error);
    }
  }, options);
}

function refuseIfAborted(source: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new BowspritError(ErrorCode.Aborted, `install ${source}: told to stop`, { cause: signal.reason });
}

async function refuseCollision(id: ExtensionId, store: Store): Promise<void> {
  if (!(await store.list()).some((entry) => entry.id === id)) return;
  throw new BowspritError(ErrorCode.ExtensionExists, `install ${id}: an extension of that id is installed already`, {
    details: { id },
    hint: `Remove it first (bowsprit rm ${id}), or give metadata.json another "name".`,
  });
}

async function askConsent(
  candidate: Candidate,
  { consent }: InstallOptions,
  { platform }: InstallTools,
): Promise<void> {
  if (consent === "granted") return;
  const { id, title, image, planned, decision } = candidate;
  const report: ConsentReport = {
    id,
    title,
    source: image.location,
    image: image.reference === null ? null : formatImageRef(image.reference),
    digest: image.digest,
    vendor: image.labels?.vendor ?? null,
    engine: decision.engine,
    engineReason: decision.reason,
    services: (planned?.plan.services ?? []).map(({ name, command = [] }) => ({ name, command })),
    executables: chooseExecutables(image.metadata, platform).map(({ name }) => name),
    page: image.metadata.ui === undefined ? null : title,
    warnings: [...image.warnings, ...(planned?.warnings ?? [])],
  };
  if (await consent(report)) return;
  throw new BowspritError(ErrorCode.ConsentRequired, `install ${id}: not agreed to`, {
    hint: "Nothing was written or started.",
  });
}

/** The log went with the rest: a hint that points to it would lead nowhere. */
function afterRollback(error: unknown): unknown {
  if (!BowspritError.is(error, ErrorCode.BackendUnavailable)) return error;
  const { code, message, cause, details } = error;
  return new BowspritError(code, message, {
    cause,
    details,
    hint: "Nothing was installed. Run the x-local command by hand to see what it says, mend it, and install again.",
  });
}

/** A backend that crashes is no install; one that is only slow is, and its log says the rest. */
async function startOnce(installed: InstalledExtension, options: InstallOptions, tools: InstallTools): Promise<void> {
  const say = options.onProgress ?? (() => undefined);
  say("starting the backend");
  const backend = await tools.backends.start(installed.id);
  try {
    await backend.ready(options.signal ? { signal: options.signal } : {});
  } catch (error) {
    if (!BowspritError.is(error, ErrorCode.BackendUnavailable) || error.details["crashed"] === true) throw error;
    say("note: the backend runs but does not listen on its socket yet");
  }
}
