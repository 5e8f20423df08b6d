// The main flow on apps/hello, with nothing but what npm brings, and then its page: open the address behind "ready" in any browser.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dashboardFolder } from "@bowsprit/dashboard";
import { openGateway } from "@bowsprit/gateway";
import { createHost } from "@bowsprit/sdk";
import { checkMainFlow } from "./check-main-flow.ts";
import { checkPage } from "./check-page.ts";

const hello = join(import.meta.dirname, "..", "hello");
const home = await mkdtemp(join(tmpdir(), "bowsprit-demo-"));
// Ctrl-C reaches this program and those that started it, which hand it on: one is enough, the rest is silence.
const told = Promise.race(
  ["SIGINT", "SIGTERM", "SIGHUP"].map((name) =>
    once(
      process.on(name, () => {}),
      name,
    ),
  ),
);
try {
  await using host = createHost({ home });
  await checkMainFlow(host, hello);
  let isReady = false;
  await using gateway = await openGateway({
    host,
    port: 0,
    dashboard: dashboardFolder,
    onLinkUsed: (fresh) => isReady && console.log(`open in another browser: ${fresh}`),
  });
  await checkPage(gateway);
  isReady = true;
  console.log(`ready ${gateway.link()}`);
  await told;
} finally {
  await rm(home, { recursive: true });
}
