import { describe, expect, it, vi } from "vitest";
import { createDdClient, type PageEnvironment } from "../src/create-dd-client.ts";
import type { DdClient } from "../src/dd-client.ts";
import type { Exec } from "../src/exec.ts";
import type { PageConfig } from "../src/wire.ts";
import { answerWith, startGateway } from "./stand-in-gateway.ts";

const all = { service: true, vm: true, host: true };
const config: PageConfig = {
  image: "vendor/name:1.0",
  dashboard: "http://bowsprit.localhost:4711",
  host: { platform: "linux", arch: "x64", hostname: "box" },
  offers: all,
};

const environment: PageEnvironment = {
  base: "http://page.localhost",
  fetch,
  WebSocket,
  reportError: (error) => expect.fail(String(error)),
  open: () => {},
  showToast: () => {},
};

function client(offers: PageConfig["offers"] = all, own: Partial<PageEnvironment> = {}): DdClient {
  return createDdClient({ ...config, offers }, { ...environment, ...own });
}

function rawKeys(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [key, ...rawKeys(part).map((inner) => `${key}.${inner}`)]);
}

describe("the client", () => {
  it("has what version 1 of the interface has, and nothing else", () => {
    const navigate = ["Containers", "Container", "ContainerLogs", "ContainerInspect", "ContainerTerminal"]
      .concat("ContainerStats", "Images", "Image", "Volumes", "Volume")
      .map((name) => `desktopUI.navigate.view${name}`);
    const service = ["get", "post", "put", "patch", "delete", "head", "request"];
    const leaves = [
      "extension.image",
      "extension.vm.cli.exec",
      ...service.map((name) => `extension.vm.service.${name}`),
      "extension.host.cli.exec",
      "desktopUI.toast.success",
      "desktopUI.toast.warning",
      "desktopUI.toast.error",
      "desktopUI.dialog.showOpenDialog",
      ...navigate,
      "host.openExternal",
      "host.platform",
      "host.arch",
      "host.hostname",
      "docker.cli.exec",
      "docker.listContainers",
      "docker.listImages",
    ];
    const keys = rawKeys(client());
    expect(keys.filter((key) => !keys.some((other) => other.startsWith(`${key}.`))).sort()).toEqual(leaves.sort());
  });

  it("is frozen through and through, and plain", () => {
    const check = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      expect(Object.isFrozen(value)).toBe(true);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      for (const part of Object.values(value)) check(part);
    };
    check(client());
  });

  it("knows its image and its host as plain texts", () => {
    const { extension, host } = client();
    expect(extension.image).toBe("vendor/name:1.0");
    expect(host).toMatchObject({ platform: "linux", arch: "x64", hostname: "box" });
  });

  it.each([
    [{ service: false, vm: false, host: false }, ["image"]],
    [{ service: true, vm: true, host: false }, ["image", "vm.cli", "vm.service"]],
    [{ service: true, vm: false, host: false }, ["image", "vm.cli", "vm.service"]],
    [{ service: false, vm: true, host: false }, ["image", "vm.cli"]],
    [{ service: false, vm: false, host: true }, ["image", "host.cli"]],
  ])("for %j has %j", (offers, parts) => {
    const { extension } = client(offers);
    const { image, vm, host } = extension;
    const found = [
      ...(image === undefined ? [] : ["image"]),
      ...Object.keys(vm ?? {}).map((key) => `vm.${key}`),
      ...Object.keys(host ?? {}).map((key) => `host.${key}`),
    ];
    expect(found).toEqual(parts);
    expect("vm" in extension).toBe(vm !== undefined);
    expect("host" in extension).toBe(host !== undefined);
  });

  it("hands its calls on: to the service, to the executables, to the tab, to the toasts", async () => {
    const { base, received } = await startGateway(
      answerWith(200, "application/json", '{"code":0,"stdout":"x","stderr":""}'),
    );
    const open = vi.fn();
    const showToast = vi.fn();
    const { extension, host, desktopUI } = client(all, { base, open, showToast });
    await extension.vm?.service?.get("/a");
    expect((await extension.host?.cli.exec("tool", []))?.stdout).toBe("x");
    host.openExternal("https://example.com/");
    desktopUI.toast.success("s");
    desktopUI.toast.warning("w");
    desktopUI.toast.error(new Error("e") as unknown as string);
    expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET /.bowsprit/service/a",
      "POST /.bowsprit/exec/host",
    ]);
    expect(open).toHaveBeenCalledOnce();
    expect(showToast.mock.calls).toEqual([
      ["success", "s"],
      ["warning", "w"],
      ["error", "Error: e"],
    ]);
  });
});

describe("what this version does not have", () => {
  const { docker, desktopUI, extension } = client();
  const { navigate, dialog } = desktopUI;
  const refusal = (name: string): unknown =>
    expect.objectContaining({
      code: "UNSUPPORTED",
      message: expect.stringContaining(`ddClient.${name}:`),
    });

  it.each<readonly [string, () => Promise<unknown>]>([
    ["docker.listContainers", () => docker.listContainers({ all: true })],
    ["docker.listImages", () => docker.listImages()],
    ["docker.cli.exec", () => docker.cli.exec("ps", [])],
    ["extension.vm.cli.exec", () => extension.vm?.cli.exec("ls", []) ?? Promise.resolve()],
    ["desktopUI.dialog.showOpenDialog", () => dialog.showOpenDialog({})],
    ["desktopUI.navigate.viewContainers", () => navigate.viewContainers()],
    ["desktopUI.navigate.viewContainer", () => navigate.viewContainer("x")],
    ["desktopUI.navigate.viewContainerLogs", () => navigate.viewContainerLogs("x")],
    ["desktopUI.navigate.viewContainerInspect", () => navigate.viewContainerInspect("x")],
    ["desktopUI.navigate.viewContainerTerminal", () => navigate.viewContainerTerminal("x")],
    ["desktopUI.navigate.viewContainerStats", () => navigate.viewContainerStats("x")],
    ["desktopUI.navigate.viewImages", () => navigate.viewImages()],
    ["desktopUI.navigate.viewImage", () => navigate.viewImage("x", "y")],
    ["desktopUI.navigate.viewVolumes", () => navigate.viewVolumes()],
    ["desktopUI.navigate.viewVolume", () => navigate.viewVolume("x")],
  ])("rejects %s by its name", async (name, call) => {
    const error = await call().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).toEqual(refusal(name));
  });

  it.each<readonly [string, Exec | undefined]>([
    ["docker.cli.exec", docker.cli.exec],
    ["extension.vm.cli.exec", extension.vm?.cli.exec],
  ])("tells %s in its streamed form by onError alone, after it has returned", async (name, exec) => {
    const calls: unknown[] = [];
    const note = (call: unknown): void => void calls.push(call);
    exec?.("ps", [], { stream: { onError: note, onOutput: note, onClose: note } });
    expect(calls).toEqual([]);
    await Promise.resolve();
    expect(calls).toEqual([refusal(name)]);
    expect(calls).toMatchObject([{ stdout: "", stderr: expect.stringContaining(name) }]);
  });

  it("says nothing to a stream that was closed", async () => {
    const onError = vi.fn();
    docker.cli.exec("ps", [], { stream: { onError } }).close();
    await Promise.resolve();
    expect(onError).not.toHaveBeenCalled();
  });
});
