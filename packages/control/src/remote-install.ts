import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { Extension, InstallOptions } from "@bowsprit/sdk";
import type { DaemonLink } from "./daemon-link.ts";
import type { MessageVerbs } from "./message-verbs.ts";

/**
 * `Host.install` by way of a daemon. The question is put here, to who called; the daemon installs only what was agreed to, and refuses
 * a source that says something else by then.
 */
export async function remoteInstall(source: string, options: InstallOptions, link: DaemonLink): Promise<Extension> {
  const { consent, engine, signal } = options;
  if (signal?.aborted === true) {
    throw new BowspritError(ErrorCode.Aborted, `install ${source}: told to stop`, { cause: signal.reason });
  }
  // A relative path begins where the caller is, not where the daemon is.
  const place = isPath(source) ? resolve(source) : source;
  const input = { source: place, ...(engine !== undefined && { engine }) };
  try {
    if (consent === "granted") return await installAgreed({ ...input, agreement: consent }, 0, { link, ...options });
    const examined = await link.ask("examine", input, signal);
    for (const step of examined.steps) options.onProgress?.(step);
    if (!(await consent(examined.report))) throw refused(examined.report.id);
    const agreed = { ...input, agreement: examined.agreement };
    return await installAgreed(agreed, examined.steps.length, { link, ...options });
  } catch (error) {
    throw asAsked(error, { place, source });
  }
}

interface AgreedOptions extends InstallOptions {
  readonly link: DaemonLink;
}

/** The first `shown` steps were told already. */
async function installAgreed(
  input: MessageVerbs["install"]["input"],
  shown: number,
  options: AgreedOptions,
): Promise<Extension> {
  const { link, signal, onProgress } = options;
  let steps = 0;
  const { id } = await link.call("install", input, {
    ...(signal && { signal }),
    onProgress(message) {
      steps += 1;
      if (steps > shown) onProgress?.(message);
    },
  });
  const installed = (await link.ask("list", {})).find((extension) => extension.id === id);
  if (installed !== undefined) return installed;
  throw new BowspritError(ErrorCode.ExtensionNotFound, `install ${id}: it was removed again at once`, {
    details: { id },
  });
}

/** What is there, or what can be nothing but a path. */
function isPath(source: string): boolean {
  return existsSync(source) || source === "" || /^(?:\.{0,2}[/\\]|\.{1,2}$|~|[A-Za-z]:[/\\])|[/\\]$/u.test(source);
}

function refused(id: string): BowspritError {
  return new BowspritError(ErrorCode.ConsentRequired, `install ${id}: not agreed to`, {
    hint: "Nothing was written or started.",
  });
}

/** The daemon names the source as it was told; the caller, as it asked. */
function asAsked(error: unknown, { place, source }: { readonly place: string; readonly source: string }): unknown {
  const begin = `install ${place}:`;
  if (place === source || !BowspritError.is(error) || !error.message.startsWith(begin)) return error;
  const { code, message, details, hint, cause } = error;
  const text = `install ${source}:${message.slice(begin.length)}`;
  return new BowspritError(code, text, { cause, details, ...(hint !== undefined && { hint }) });
}
