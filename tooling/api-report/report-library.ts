import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";
import type { Library } from "./read-libraries.ts";

export interface Outcome {
  readonly path: string;
  /** Why the report is not what it must be, if it is not. */
  readonly problem: string | undefined;
}

/** Writes the report of one entry point, or with `check` compares it with the one that is there. */
export function reportLibrary(library: Library, options: { readonly check: boolean }): Outcome {
  const path = join(library.folder, "etc", library.report);
  if (!existsSync(library.declarations)) return { path, problem: "there are no built declarations to report on" };
  const fresh = extractReport(library);
  if (fresh === undefined) return { path, problem: "the declarations could not be read" };
  const current = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  if (current === fresh) return { path, problem: undefined };
  if (options.check)
    return { path, problem: current === undefined ? "the report is missing" : "the report is not current" };
  mkdirSync(join(library.folder, "etc"), { recursive: true });
  writeFileSync(path, fresh);
  return { path, problem: undefined };
}

function extractReport(library: Library): string | undefined {
  const scratch = mkdtempSync(join(tmpdir(), "bowsprit-api-"));
  try {
    const report = configure(library, scratch);
    const { succeeded, errorCount } = Extractor.invoke(report, {
      localBuild: true,
      messageCallback: (message) => {
        message.handled = message.logLevel !== ExtractorLogLevel.Error;
      },
    });
    return succeeded || errorCount === 0 ? readFileSync(join(scratch, library.report), "utf8") : undefined;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function configure(library: Library, scratch: string): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: library.folder,
      mainEntryPointFilePath: library.declarations,
      newlineKind: "lf",
      apiReport: {
        enabled: true,
        reportFileName: library.report.replace(/\.api\.md$/, ""),
        reportFolder: scratch,
        reportTempFolder: join(scratch, "temp"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      compiler: { overrideTsconfig: { compilerOptions, files: [library.declarations] } },
      messages: { compilerMessageReporting: silent, extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(library.folder, "package.json"),
  });
}

// The compiler has judged the sources already: here only the shapes matter, and neighbours are read from their sources.
const compilerOptions = {
  target: "es2024",
  lib: ["es2024", "esnext.disposable", "esnext.iterator", "dom"],
  module: "nodenext",
  strict: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  types: ["node"],
};

const silent = { default: { logLevel: ExtractorLogLevel.None, addToApiReportFile: false } };
