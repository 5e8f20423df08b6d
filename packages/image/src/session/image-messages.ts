import type { Platform } from "@bowsprit/core";
import type { WrittenImage } from "../extension-image.ts";
import type { ImageLocation, ImageProgress } from "./image-location.ts";
import type { ImageFacts } from "./open-image-session.ts";

/** What the thread is made with. */
export interface ImageThreadData {
  readonly location: ImageLocation;
  readonly platform: Platform;
  readonly staging: string;
}

/** What is asked of the thread, one thing at a time. */
export type ImageQuestion =
  | { readonly ask: "readText"; readonly path: string; readonly maxBytes: number }
  | { readonly ask: "write"; readonly target: string; readonly paths: readonly string[] };

/** What the thread says: progress at any time, and one answer to the opening and to each question. Errors are as their JSON. */
export type ImageReply =
  | { readonly say: "progress"; readonly progress: ImageProgress }
  | { readonly say: "answer"; readonly value: ImageFacts | WrittenImage | string }
  | { readonly say: "failure"; readonly error: unknown };
