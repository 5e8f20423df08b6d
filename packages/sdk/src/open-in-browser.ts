import { findExecutable, hostEnvironment, runProcess } from "@bowsprit/exec";
import { BowspritError, ErrorCode, type OperatingSystem, platformOf } from "@bowsprit/core";

/** What each system opens an address with; each takes it as one argument, and no shell sees it. */
const openers: Readonly<Record<OperatingSystem, readonly [string, ...string[]]>> = {
  linux: ["xdg-open"],
  darwin: ["/usr/bin/open"],
  windows: ["rundll32.exe", "url.dll,FileProtocolHandler"],
};

/** Long enough for a desktop that is busy; the opener itself ends as soon as it has handed the address on. */
const timeoutMs = 10_000;

/**
 * Opens an `http:` address in the user's browser.
 * @throws BowspritError `INVALID_ARGUMENT` for any other address, `EXECUTABLE_NOT_FOUND` where there is no opener, `EXEC_FAILED`.
 */
export async function openInBrowser(url: string): Promise<void> {
  const { protocol, href } = new URL(url);
  const attempt = `open ${protocol}//… in a browser`;
  if (protocol !== "http:" && protocol !== "https:") {
    throw new BowspritError(ErrorCode.InvalidArgument, `${attempt}: only http and https are opened`);
  }
  const { os } = platformOf(process.platform, process.arch);
  const [name, ...args] = openers[os];
  const env = hostEnvironment(process.env);
  const program = await findExecutable(name, { path: env["PATH"], cwd: "/" });
  const signal = AbortSignal.timeout(timeoutMs);
  const { code, stderr } = await runProcess({ argv: [program, ...args, href], cwd: process.cwd(), env, signal });
  if (code === 0) return;
  throw new BowspritError(
    ErrorCode.ExecFailed,
    `${attempt}: ${name} ended with ${code}: ${stderr.trim().slice(0, 200)}`,
    {
      hint: "Open the address by hand.",
    },
  );
}
