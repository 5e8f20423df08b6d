import { readFile, readdir } from "node:fs/promises";
import { account, makeImage, pushImage, startProxy, startRegistry, whyNoRegistry } from "@tooling/registry";
import { beforeEach, expect, test } from "vitest";

const missing = await whyNoRegistry();
beforeEach(({ skip }) => skip(missing !== undefined, missing));

test("a registry keeps what it is given, by digest, and ends with its files and its port", async () => {
  const image = makeImage([Buffer.from("a layer")]);
  const registry = await startRegistry();
  await pushImage(registry.host, "me/app:1", image);
  const url = `http://${registry.host}/v2/me/app/manifests/1`;
  const answer = await fetch(url, { headers: { accept: image.mediaType } });
  expect(answer.headers.get("docker-content-digest")).toBe(image.digest);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(image.bytes);
  await registry[Symbol.asyncDispose]();
  await expect(fetch(url)).rejects.toThrow();
  await expect(readdir(registry.storage)).rejects.toThrow(/ENOENT/u);
});

test("a protected one lets in whoever knows the password", async () => {
  await using registry = await startRegistry({ auth: { kind: "basic" } });
  const url = `http://${registry.host}/v2/`;
  expect((await fetch(url)).status).toBe(401);
  const authorization = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString("base64")}`;
  expect((await fetch(url, { headers: { authorization } })).status).toBe(200);
});

test("nothing listens but on loopback", async () => {
  await using registry = await startRegistry();
  await using proxy = await startProxy({ target: registry.host });
  const ports = [registry, proxy].map(({ host }) =>
    Number(host.split(":")[1]).toString(16).toUpperCase().padStart(4, "0"),
  );
  const tables = (await Promise.all(["/proc/net/tcp", "/proc/net/tcp6"].map((path) => readFile(path, "utf8")))).join(
    "",
  );
  const listening = tables
    .split("\n")
    .flatMap((line) => /^\s*\d+: (\w+):(\w{4}) \S+ 0A/u.exec(line)?.slice(1).join(":") ?? []);
  for (const port of ports) expect(listening.filter((one) => one.endsWith(`:${port}`))).toEqual([`0100007F:${port}`]);
});
