import type { ConsoleMessage, HTTPRequest, HTTPResponse, Page } from "puppeteer-core";

/**
 * Writes down, from now on, what goes wrong in a page and its frames: errors on the console, errors that nobody caught, requests that
 * failed or were answered with 400 or more. The list grows as they happen; a test expects it to be empty at its end.
 */
export function collectProblems(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on("console", (message: ConsoleMessage) => {
    if (message.type() === "error" && !isEcho(message)) problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (reason: unknown) => {
    problems.push(`page: ${reason instanceof Error ? reason.message : String(reason)}`);
  });
  page.on("requestfailed", (request: HTTPRequest) => {
    problems.push(`request: ${request.method()} ${request.url()}: ${request.failure()?.errorText ?? "failed"}`);
  });
  page.on("response", (response: HTTPResponse) => {
    if (response.status() < 400) return;
    problems.push(`request: ${response.request().method()} ${response.url()}: answered with ${response.status()}`);
  });
  return problems;
}

/** Chromium repeats on the console what the request tells already; Firefox does not. */
function isEcho(message: ConsoleMessage): boolean {
  return message.text().startsWith("Failed to load resource:");
}
