import type { OperatingSystem } from "./platform.ts";

/**
 * What `metadata.json` says, read and checked: every path is relative, with `/`, and stays inside the image; a section that is absent
 * was absent, null or empty. Plain data that survives JSON.
 */
export interface Metadata {
  /** Names an extension that comes from a folder. */
  readonly name?: string;
  /** The path of the icon in the image. */
  readonly icon?: string;
  readonly ui?: UiSection;
  /** The file name of the backend's socket, from `vm.exposes.socket`, else from `ui.dashboard-tab.backend.socket`. */
  readonly socket?: string;
  readonly vm?: VmSection;
  readonly host?: HostSection;
}

export interface UiSection {
  readonly dashboardTab: DashboardTab;
}

/** The page of an extension. */
export interface DashboardTab {
  /** At most 256 characters, one line, no control characters; still text, to be escaped where it is shown. */
  readonly title: string;
  /** The folder of the page in the image; `.` is the whole image. */
  readonly root: string;
  /** The first file of the page, relative to `root` and decoded: a file name, not a URL. */
  readonly src: string;
  /** What follows the file in its URL, beginning with `?`. */
  readonly query?: string;
  /** What follows that, beginning with `#`. */
  readonly fragment?: string;
}

/** The backend. Has `image` or `composefile`, never both, or `local` alone. */
export interface VmSection {
  /** An image reference, or exactly `${DESKTOP_PLUGIN_IMAGE}`: the extension's own image. */
  readonly image?: string;
  /** The path of the compose file in the image. */
  readonly composefile?: string;
  /** From `x-local`: how a folder's backend runs as a process of this computer. An image may not use it. */
  readonly local?: LocalCommand;
}

/** How a service runs without a container engine. */
export interface LocalCommand {
  /** The program and its arguments, never given to a shell. */
  readonly command: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
}

export interface HostSection {
  /** In the order of the document; empty when it lists none. */
  readonly binaries: readonly HostBinary[];
}

/**
 * One entry of `host.binaries`: the paths in the image for each operating system. A path that ends in `/` is a folder; one that does
 * not may be a folder, too. A base name may occur more than once: extensions list files of nested folders.
 */
export type HostBinary = Readonly<Record<OperatingSystem, readonly string[]>>;

/** What the author writes for the extension's own image. */
export const pluginImage = "${DESKTOP_PLUGIN_IMAGE}";
