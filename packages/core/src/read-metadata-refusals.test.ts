import { describe, expect, test } from "vitest";
import { BowspritError } from "./bowsprit-error.ts";
import { pluginImage } from "./metadata.ts";
import { type MetadataReading, readMetadata } from "./read-metadata.ts";

const encode = (document: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(document));
const read = (document: unknown): MetadataReading => readMetadata(encode(document));
const withTab = (tab: object): object => ({
  ui: { "dashboard-tab": { title: "T", root: "ui", src: "index.html", ...tab } },
});
const withVm = (vm: object): object => ({ vm: { image: pluginImage, ...vm } });
const withBinaries = (binaries: unknown): object => ({ host: { binaries } });
const withFile = (path: string, os = "linux"): object => withBinaries([{ [os]: [{ path }] }]);

function refusalOf(document: unknown): BowspritError {
  try {
    read(document);
  } catch (error) {
    if (BowspritError.is(error, "METADATA_INVALID")) return error;
    throw error;
  }
  throw new Error(`it was accepted: ${JSON.stringify(document)}`);
}

describe("readMetadata refuses", () => {
  test.each([
    ["M07", [], ""],
    ["M07", "x", ""],
    ["M07", null, ""],
    ["M12", { ui: "ui" }, "ui"],
    ["M12", { ui: [] }, "ui"],
    ["M12", { ui: { "dashboard-tab": [] } }, "ui.dashboard-tab"],
    ["M12", { vm: "image" }, "vm"],
    ["M12", { host: [] }, "host"],
    ["M13", { ui: { "dashboard-tab": { title: "T", src: "index.html" } } }, "ui.dashboard-tab.root"],
    ["M19", { backendType: "wasm" }, "backendType"],
    ["M19", withVm({ backendType: "wasm" }), "vm.backendType"],
    ["M28", withBinaries({ linux: "/a" }), "host.binaries"],
    ["M28", withBinaries("/a"), "host.binaries"],
    ["M28", withBinaries(["/a"]), "host.binaries[0]"],
    ["M28", withBinaries([null]), "host.binaries[0]"],
    ["M37", { name: 1 }, "name"],
    ["M37", { icon: true }, "icon"],
    ["M37", withTab({ title: 42 }), "ui.dashboard-tab.title"],
    ["M37", withTab({ backend: "x.sock" }), "ui.dashboard-tab.backend"],
    ["M37", withVm({ image: 1 }), "vm.image"],
    ["M37", withVm({ exposes: { socket: ["a.sock"] } }), "vm.exposes.socket"],
    ["M37", withBinaries([{ linux: 5 }]), "host.binaries[0].linux[0]"],
    ["M37", withBinaries([{ linux: [{ path: 5 }] }]), "host.binaries[0].linux[0].path"],
    ["M38", withBinaries(Array.from({ length: 1000 }, (_, n) => ({ linux: `/a${n}` }))), "host.binaries"],
    ["M38", withBinaries(Array.from({ length: 513 }, () => ({}))), "host.binaries"],
    ["M38", withBinaries([{ linux: Array.from({ length: 1000 }, (_, n) => `/a${n}`) }]), "host.binaries"],
  ])("%s %j, naming %j", (_row, document, path) => {
    const error = refusalOf(document);
    expect(error.details).toEqual({ path });
    expect(error.message).toContain(path === "" ? "read metadata.json: " : `read metadata.json: ${path}: `);
  });

  const escapes = [
    "..",
    "../..",
    "ui/../../x",
    "/..",
    "/ui/../../x",
    "./../x",
    "C:\\",
    "C:/x",
    "c:x",
    "ui\\x",
    "\\\\server\\share",
    "//evil.com/x",
    "http://evil.com/x",
    "HTTPS://evil.com",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "oci://x/y",
    "git@x:y/../../..",
    "a\0b",
    "a\nb",
    "a\u007fb",
    "a\u202eb",
    "a\ud800b",
    "x".repeat(1025),
  ];
  test.each(escapes)("M14, M16, M24, M30, M35 the path %j wherever a path stands", (path) => {
    expect(refusalOf(withTab({ root: path })).details).toEqual({ path: "ui.dashboard-tab.root" });
    expect(refusalOf(withTab({ src: path })).details).toEqual({ path: "ui.dashboard-tab.src" });
    expect(refusalOf({ vm: { composefile: path } }).details).toEqual({ path: "vm.composefile" });
    expect(refusalOf(withFile(path)).details).toEqual({ path: "host.binaries[0].linux[0].path" });
    const isIgnoredIcon = /^(?:[a-z]{2,}:|\/\/)/iu.test(path);
    expect(isIgnoredIcon || refusalOf({ icon: path }).details["path"]).toBe(isIgnoredIcon || "icon");
  });

  test.each([
    "%2e%2e/x",
    "a/%2e%2e/%2E%2e/x",
    "..%2fx",
    "..%5cx",
    "a%00",
    "%",
    "%zz",
    "java%73cript:x",
    "%2f%2fevil.com",
    "a%0ab",
    "index.html?a\nb",
    "index.html#\u202e",
  ])("M17 src %j, which escapes or holds a control character, decoded or not", (src) => {
    expect(refusalOf(withTab({ src })).details).toEqual({ path: "ui.dashboard-tab.src" });
  });

  test.each(["${HOME}", "$(id)", "`id`", "${DESKTOP_PLUGIN_IMAGE}-backend", "${DESKTOP_PLUGIN_BACKEND_IMAGE}", "a b"])(
    "M22 the image %j",
    (image) => {
      const { details, hint } = refusalOf({ vm: { image } });
      expect(details).toEqual({ path: "vm.image" });
      expect(hint).toContain(image.includes("$") ? pluginImage : "lower case");
    },
  );

  test.each(["-v", "--privileged", "-v /:/x", "nginx\n--privileged", " nginx", "Nginx", "a/B:1", "x@sha256:12"])(
    "M23 the image %j",
    (image) => {
      expect(refusalOf({ vm: { image } }).message).toContain("vm.image");
    },
  );

  test.each([
    "../x.sock",
    "/var/run/docker.sock",
    "a/b",
    "x".repeat(65),
    "x".repeat(200),
    "a\0",
    ".",
    "..",
    "a b",
    "é.sock",
    "a:b",
  ])("M26 the socket name %j", (socket) => {
    expect(refusalOf(withVm({ exposes: { socket } })).details).toEqual({ path: "vm.exposes.socket" });
    expect(refusalOf(withTab({ backend: { socket } })).details).toEqual({ path: "ui.dashboard-tab.backend.socket" });
  });

  test.each(["tool.exe.", "tool.exe ", "dir./tool.exe", "CON", "x/nul.exe", "com1", "a:b.exe", "tool?.exe"])(
    "M31 the Windows file %j, and reads it for another system",
    (file) => {
      expect(refusalOf(withFile(`/windows/${file}`, "windows")).message).toContain("Windows");
      expect(read(withFile(`/linux/${file}`)).metadata.host?.binaries[0]?.linux).toEqual([`linux/${file}`]);
    },
  );

  test("a Windows path and a URL, calling each by its name", () => {
    expect(refusalOf(withTab({ root: "C:/ui" })).message).toContain("is a Windows path");
    expect(refusalOf(withTab({ root: "oci://ui" })).message).toContain("is a URL");
  });

  test("the whole image or a folder where one file belongs", () => {
    expect(refusalOf({ vm: { composefile: "/" } }).details).toEqual({ path: "vm.composefile" });
    expect(refusalOf({ vm: { composefile: "compose/" } }).details).toEqual({ path: "vm.composefile" });
    expect(refusalOf(withFile("/")).details).toEqual({ path: "host.binaries[0].linux[0].path" });
  });

  test("a malformed x-local, naming what is wrong with it", () => {
    expect(refusalOf(withVm({ "x-local": { command: "node server.js" } })).details).toEqual({
      path: "vm.x-local.command",
    });
  });

  test("M08 257 KiB", () => {
    expect(refusalOf({ x: "y".repeat(257 * 1024) }).message).toContain("more than the limit of 262144");
  });
});
