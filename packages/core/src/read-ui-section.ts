import { cleanText, quoteText } from "./clean-text.ts";
import { parseImagePath } from "./image-path.ts";
import { limits } from "./limits.ts";
import type { DashboardTab, UiSection } from "./metadata.ts";
import { metadataError } from "./metadata-error.ts";
import type { ObjectReader } from "./object-reader.ts";
import { parseSocketName } from "./socket-name.ts";

/** The `ui` section, and the socket that its legacy `backend` key names. */
export interface UiReading {
  readonly ui?: UiSection;
  readonly socket?: string;
}

/**
 * Reads `ui`. Only `dashboard-tab` exists; another key is a warning.
 * @throws BowspritError `METADATA_INVALID`.
 */
export function readUiSection(document: ObjectReader, name: string | undefined): UiReading {
  const section = document.section("ui");
  if (section === undefined) return {};
  const tab = section.section("dashboard-tab");
  section.finish();
  if (tab === undefined) {
    document.warn("ui", "has no dashboard-tab, so there is no page");
    return {};
  }
  const socket = readLegacySocket(tab);
  const dashboardTab = readDashboardTab(tab, name);
  tab.finish();
  return { ui: { dashboardTab }, ...(socket !== undefined && { socket }) };
}

function readDashboardTab(tab: ObjectReader, name: string | undefined): DashboardTab {
  const root = tab.text("root");
  if (root === undefined) {
    throw metadataError(tab.pathOf("root"), "missing", 'Name the folder of the page: "root": "ui".');
  }
  return {
    title: readTitle(tab, name),
    root: withoutSlash(parseImagePath(root, tab.pathOf("root"))),
    ...readSource(tab),
  };
}

function readTitle(tab: ObjectReader, name: string | undefined): string {
  const text = tab.text("title");
  const title = cleanText(text ?? "", limits.titleLength);
  if (title !== "") return title;
  tab.warn("title", `missing, ${name === undefined ? "shown as Untitled" : "the name is shown"}`);
  return name ?? "Untitled";
}

// One shipped extension has no src (envoy), one begins it with a slash (kanvas), one ends it with a query (portainer).
function readSource(tab: ObjectReader): Pick<DashboardTab, "src" | "query" | "fragment"> {
  const path = tab.pathOf("src");
  const text = tab.text("src");
  if (text === undefined) tab.warn("src", "missing, index.html is used");
  const [, file = "", query = "", fragment = ""] = /^([^?#]*)(\?[^#]*)?(#.*)?$/su.exec(text ?? "index.html") ?? [];
  // Checked before and after decoding: a control character or a URL may hide in either form.
  parseImagePath(text ?? "", path);
  const decoded = parseImagePath(decodeSource(file, path), path);
  return {
    src: decoded === "." || decoded.endsWith("/") ? `${decoded === "." ? "" : decoded}index.html` : decoded,
    ...(query.length > 1 && { query }),
    ...(fragment.length > 1 && { fragment }),
  };
}

function decodeSource(file: string, path: string): string {
  try {
    return decodeURIComponent(file);
  } catch {
    throw metadataError(
      path,
      `${quoteText(file)} has a % that begins no escape`,
      "Write %25 for a percent sign in a file's name.",
    );
  }
}

function readLegacySocket(tab: ObjectReader): string | undefined {
  const backend = tab.section("backend");
  const socket = backend?.text("socket");
  backend?.finish();
  return backend === undefined || socket === undefined ? undefined : parseSocketName(socket, backend.pathOf("socket"));
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/u, "");
}
