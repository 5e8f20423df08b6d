import { BowspritError, ErrorCode } from "@bowsprit/core";
import type { Arguments, Command } from "../command.ts";

/** Runs the daemon of a home, or speaks to the one that runs. */
export const serve: Command = {
  usage: `[--port N] [--open] [--detach]
       bowsprit serve --status
       bowsprit serve --stop

Options:
  --port N            the gateway's port; the default is the one this home had before, 0 takes any free one for once
  --open              open the dashboard in the browser
  --detach            go on in the background; what it prints goes to logs/daemon.log of the home
  --status            say whether a daemon runs and print a fresh link; exits with 1 where none does
  --stop              end the running daemon and wait until it is gone; exits with 1 where none runs

Prints "ready <link>" when it answers; a link signs one browser in, once. Stays until SIGINT, SIGTERM or --stop, and
then exits with 0.`,
  options: {
    port: { type: "string" },
    open: { type: "boolean" },
    detach: { type: "boolean" },
    stop: { type: "boolean" },
    status: { type: "boolean" },
  },
  takes: [0, 0],
  endsBySignal: true,
  async run(context) {
    const { arguments: given } = context;
    const port = parsePort(given);
    refuseMixture(given);
    if (given.flag("status")) return (await import("../ask-daemon.ts")).showStatus(context);
    if (given.flag("stop")) return (await import("../ask-daemon.ts")).stopRunning(context);
    const options = { ...context, open: given.flag("open"), ...(port !== undefined && { port }) };
    if (given.flag("detach")) return (await import("../detach-daemon.ts")).detachDaemon(options);
    return (await import("../run-daemon.ts")).runDaemon(options);
  },
};

function parsePort(given: Arguments): number | undefined {
  const text = given.text("port");
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/u.test(text) && Number(text) < 65_536) return Number(text);
  throw new BowspritError(ErrorCode.InvalidArgument, `read --port ${JSON.stringify(text)}: not a port`, {
    hint: "Give a number from 1 to 65535, or 0 for any free port.",
  });
}

function refuseMixture(given: Arguments): void {
  const [first, second] = ["detach", "stop", "status"].filter((name) => given.flag(name));
  const asking = ["stop", "status"].find((name) => given.flag(name));
  const other =
    second ?? (asking && ["port", "open"].find((name) => given.flag(name) || given.text(name) !== undefined));
  if (other === undefined) return;
  throw new BowspritError(
    ErrorCode.InvalidArgument,
    `read the arguments: --${asking ?? first} goes with no --${other}`,
  );
}
