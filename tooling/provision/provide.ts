import { openApt } from "./apt.ts";
import type { Lack, Suite } from "./suite.ts";

interface Missing {
  readonly suite: Suite;
  readonly lack: Lack;
}

/**
 * Makes this computer ready for the suites, or says in one line each why they will be skipped and what would enable them. Packages are
 * installed only as root on Debian or Ubuntu, saying so, and never when `BOWSPRIT_NO_PROVISION` is set. In CI a suite that cannot run
 * is a failure: exit code 1.
 */
export async function provide(suites: readonly Suite[]): Promise<void> {
  const missing = await install(await lookAt(suites));
  for (const { suite, lack } of missing) {
    process.stderr.write(`${suite.name}: suites skipped: ${lack.reason}; to enable them: ${lack.enable}\n`);
    if (process.env["CI"] === "true") process.exitCode = 1;
  }
  const unready = new Set(missing.map(({ suite }) => suite));
  for (const suite of suites) if (!unready.has(suite)) await suite.prepare?.();
}

async function lookAt(suites: readonly Suite[]): Promise<readonly Missing[]> {
  const looked = await Promise.all(suites.map(async (suite) => ({ suite, lack: await suite.look() })));
  return looked.flatMap(({ suite, lack }) => (lack === undefined ? [] : [{ suite, lack }]));
}

/** Gives what is still missing after what can be installed was. */
async function install(missing: readonly Missing[]): Promise<readonly Missing[]> {
  const wanted = missing.filter(({ lack }) => lack.packages.length > 0);
  const others = missing.filter(({ lack }) => lack.packages.length === 0);
  if (wanted.length === 0) return others;
  if ((process.env["BOWSPRIT_NO_PROVISION"] ?? "") !== "") {
    return [...others, ...wanted.map((one) => because(one, `${one.lack.reason}, and BOWSPRIT_NO_PROVISION is set`))];
  }
  const apt = await openApt();
  if (apt === undefined) return missing;
  announce(wanted);
  const failure = await apt.install(wanted.flatMap(({ lack }) => lack.packages));
  if (failure === undefined) return [...others, ...(await lookAt(wanted.map(({ suite }) => suite)))];
  if (wanted.length === 1) return [...others, ...wanted.map((one) => because(one, failure))];
  // One package that this system does not have must not keep the rest away.
  for (const one of wanted) others.push(...(await install([one])));
  return others;
}

function because({ suite, lack }: Missing, reason: string): Missing {
  return { suite, lack: { ...lack, reason } };
}

function announce(wanted: readonly Missing[]): void {
  const names = wanted.map(({ suite }) => suite.name).join(", ");
  const packages = listed(wanted.flatMap(({ lack }) => lack.packages));
  const titles = listed(wanted.map(({ suite }) => suite.title));
  process.stderr.write(
    `${names}: installing ${packages} by apt-get for ${titles}; BOWSPRIT_NO_PROVISION=1 prevents it\n`,
  );
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(names);
}
