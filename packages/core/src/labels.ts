/**
 * What an extension image's labels say, read for display. Every text is cut and stripped of control characters but is still text: HTML
 * in it is to be shown, never rendered. Every link is absolute and `https:`.
 */
export interface ExtensionLabels {
  readonly title?: string;
  readonly description?: string;
  readonly vendor?: string;
  /** The version, or range of versions, of the extension API as the author wrote it: `>= 0.3.0`. */
  readonly apiVersion?: string;
  /** A link to the catalogue's icon; fetch it without credentials. */
  readonly icon?: string;
  readonly screenshots: readonly Screenshot[];
  /** Text or HTML, with its line breaks. */
  readonly detailedDescription?: string;
  readonly publisherUrl?: string;
  readonly additionalUrls: readonly LabelLink[];
  /** Text or HTML, with its line breaks; of the current version only. */
  readonly changelog?: string;
  readonly categories: readonly string[];
  /** `required` where the extension needs an account somewhere. */
  readonly accountInfo?: string;
  /** An SPDX expression, as the author wrote it. */
  readonly licenses?: string;
}

export interface Screenshot {
  readonly alt: string;
  readonly url: string;
}

export interface LabelLink {
  readonly title: string;
  readonly url: string;
}

/** The names of the labels, as images carry them. */
export const labelNames = {
  title: "org.opencontainers.image.title",
  description: "org.opencontainers.image.description",
  vendor: "org.opencontainers.image.vendor",
  licenses: "org.opencontainers.image.licenses",
  apiVersion: "com.docker.desktop.extension.api.version",
  icon: "com.docker.desktop.extension.icon",
  screenshots: "com.docker.extension.screenshots",
  detailedDescription: "com.docker.extension.detailed-description",
  publisherUrl: "com.docker.extension.publisher-url",
  additionalUrls: "com.docker.extension.additional-urls",
  changelog: "com.docker.extension.changelog",
  categories: "com.docker.extension.categories",
  accountInfo: "com.docker.extension.account-info",
} as const;
