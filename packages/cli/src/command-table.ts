import type { Command } from "./command.ts";

interface CommandEntry {
  readonly summary: string;
  load(): Promise<Command>;
}

/** Every command by name, in the order of the help. */
export const commandTable: Readonly<Record<string, CommandEntry>> = {
  install: {
    summary: "install an extension from a folder",
    load: async () => (await import("./commands/install.ts")).install,
  },
  ls: { summary: "list the installed extensions", load: async () => (await import("./commands/ls.ts")).ls },
  inspect: {
    summary: "show all that is known of one extension",
    load: async () => (await import("./commands/inspect.ts")).inspect,
  },
  rm: { summary: "stop and remove an extension", load: async () => (await import("./commands/rm.ts")).rm },
  request: {
    summary: "send one HTTP request to an extension's backend",
    load: async () => (await import("./commands/request.ts")).request,
  },
  "host-exec": {
    summary: "run one of an extension's host executables",
    load: async () => (await import("./commands/host-exec.ts")).hostExec,
  },
  logs: {
    summary: "show what an extension's backend printed",
    load: async () => (await import("./commands/logs.ts")).logs,
  },
  serve: {
    summary: "show the extensions in a browser, and keep their backends running",
    load: async () => (await import("./commands/serve.ts")).serve,
  },
};

/** Other names of commands, as Docker's own command line has them. */
export const aliases: Readonly<Record<string, string>> = { uninstall: "rm", list: "ls" };
