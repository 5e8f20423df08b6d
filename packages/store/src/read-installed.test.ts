import { join } from "node:path";
import { toExtensionId } from "@bowsprit/core";
import { expect, test } from "vitest";
import { install, openStore } from "../test/open-store.ts";
import { sampleRecord } from "../test/sample-extension.ts";
import { useTemporaryFolders } from "../test/temporary-folder.ts";
import { createCurrentLink, type CurrentLink } from "./current-link.ts";
import { createDurableFiles } from "./durable-files.ts";
import { createHomeLayout, versionName } from "./home-layout.ts";
import { readInstalled } from "./read-installed.ts";

const temporaryFolder = useTemporaryFolders();

// The moment between reading the link and the record is too short to be hit on purpose: the link answers what it named before.
test("a version that a writer takes away while it is being read is read again under its new name", async () => {
  const home = join(await temporaryFolder(), "home");
  await install(openStore(home), "new");
  const link = createCurrentLink("linux", createDurableFiles("linux"));
  const earlier = versionName(sampleRecord("sample", "old").digest);
  let reads = 0;
  const late: CurrentLink = { ...link, read: async (path) => ((reads += 1) === 1 ? earlier : await link.read(path)) };
  const found = await readInstalled(createHomeLayout(home), late, toExtensionId("sample"));
  expect(found?.digest).toBe(sampleRecord("sample", "new").digest);
});
