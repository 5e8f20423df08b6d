import { describe, expect, test } from "vitest";
import { pluginImage } from "./metadata.ts";
import { type MetadataReading, readMetadata } from "./read-metadata.ts";

const encode = (document: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(document));
const read = (document: unknown): MetadataReading => readMetadata(encode(document));
const withTab = (tab: object): object => ({
  ui: { "dashboard-tab": { title: "T", root: "ui", src: "index.html", ...tab } },
});
const withVm = (vm: object): object => ({ vm: { image: pluginImage, ...vm } });
const withBinaries = (binaries: unknown): object => ({ host: { binaries } });

describe("readMetadata reads", () => {
  test("a whole extension into relative paths, without a warning", () => {
    const { metadata, warnings } = read({
      name: "My Extension",
      icon: "/img/icon.svg",
      ui: { "dashboard-tab": { title: "Mine", root: "/ui", src: "index.html", backend: { socket: "Mine.sock" } } },
      vm: { composefile: "compose/./compose.yaml", exposes: { socket: "Mine.sock" } },
      host: { binaries: [{ linux: [{ path: "/linux/tool" }], windows: [{ path: "/windows/tool.exe" }] }] },
    });
    expect(warnings).toEqual([]);
    expect(metadata).toEqual({
      name: "My Extension",
      icon: "img/icon.svg",
      ui: { dashboardTab: { title: "Mine", root: "ui", src: "index.html" } },
      socket: "Mine.sock",
      vm: { composefile: "compose/compose.yaml" },
      host: { binaries: [{ linux: ["linux/tool"], darwin: [], windows: ["windows/tool.exe"] }] },
    });
    expect(JSON.parse(JSON.stringify(metadata))).toEqual(metadata);
  });

  test("an image beside x-local, and x-local alone", () => {
    const local = { command: ["node", "server.js"], env: { LEVEL: "info" } };
    expect(read(withVm({ "x-local": local })).metadata.vm).toEqual({ image: pluginImage, local });
    expect(read({ vm: { "x-local": { command: ["./run"] } } })).toEqual({
      metadata: { vm: { local: { command: ["./run"], env: {} } } },
      warnings: [],
    });
  });

  // What published extensions really have; each names what would break if it were refused.
  test.each([
    ["a query in src (portainer)", withTab({ src: "index.html?v0.4.0" }), { src: "index.html", query: "?v0.4.0" }],
    ["a slash before src (kanvas)", withTab({ src: "/index.html" }), { src: "index.html" }],
    [
      "no src (envoy)",
      { ui: { "dashboard-tab": { title: "T", root: "/usr/share/nginx/html" } } },
      { src: "index.html" },
    ],
    ["a deep root (envoy)", withTab({ root: "/usr/share/nginx/html" }), { root: "usr/share/nginx/html" }],
    ["a root with a slash behind", withTab({ root: "/ui/" }), { root: "ui" }],
    ["the whole image as root", withTab({ root: "/", src: "ui/index.html" }), { root: ".", src: "ui/index.html" }],
    [
      "a route in src",
      withTab({ src: "index.html?a=1#/home" }),
      { src: "index.html", query: "?a=1", fragment: "#/home" },
    ],
    ["an escaped blank in src", withTab({ src: "my%20page.html" }), { src: "my page.html" }],
    ["a folder as src", withTab({ src: "app/" }), { src: "app/index.html" }],
  ])("%s", (_name, document, expected) => {
    expect(read(document).metadata.ui?.dashboardTab).toMatchObject(expected);
  });

  test.each([
    [
      "M36 unknown and legacy keys",
      { name: "n", provider: "p", "desktop-plugin-version": "1", capabilities: [] },
      "provider",
    ],
    ["M36 unknown keys below", withTab({ backend: { tcp: "9000" } }), "ui.dashboard-tab.backend.tcp"],
    ["M36 unknown keys beside the image", withVm({ isolation: "dockerd" }), "vm.isolation"],
    ["M12 a null section", { ui: null }, "ui"],
    ["M12 a null tab", { ui: { "dashboard-tab": null } }, "ui.dashboard-tab"],
    ["an empty icon", { icon: "" }, "icon"],
    ["M34 an icon that is a URL", { icon: "https://example.com/i.svg" }, "icon"],
    ["M34 an icon that is a data URL", { icon: `data:image/svg+xml,${"x".repeat(5000)}` }, "icon"],
    ["M34 an icon on this computer", { icon: "file:///etc/passwd" }, "icon"],
    [
      "M28 an entry without a platform (openwebui)",
      withBinaries([{ name: "docker", cmd: "docker" }]),
      "host.binaries[0]",
    ],
    ["M28 a file without a path", withBinaries([{ linux: [{}] }]), "host.binaries[0].linux[0]"],
    [
      "a legacy install step",
      withBinaries([{ windows: [{ path: "/a.exe", install: {} }] }]),
      "host.binaries[0].windows[0].install",
    ],
    ["a backend without source", { vm: { exposes: { socket: "x.sock" } } }, "vm"],
    ["an older way to name a socket", withVm({ exposes: { "named-pipe": "x" } }), "vm.exposes.named-pipe"],
    ["keys of another host", { host: { "x-rd-shutdown": "x" } }, "host.x-rd-shutdown"],
  ])("%s with a warning", (_name, document, path) => {
    const { warnings } = read(document);
    expect(warnings.map((warning) => warning.slice(0, warning.indexOf(": ")))).toContain(path);
  });

  test("an ignored icon, entry or backend as absent", () => {
    expect(read({ icon: "https://example.com/i.svg" }).metadata).toEqual({});
    expect(read(withBinaries([{ name: "docker", cmd: "docker" }])).metadata.host).toEqual({ binaries: [] });
    expect(read({ vm: { exposes: { socket: "x.sock" } } }).metadata).toEqual({});
    expect(read(withBinaries([])).metadata.host).toEqual({ binaries: [] });
  });

  test("M20 the image where a compose file stands beside it (dsm, kubearchinspect), with a warning", () => {
    const { metadata, warnings } = read(withVm({ composefile: "docker-compose.yaml" }));
    expect(metadata.vm).toEqual({ image: pluginImage });
    expect(warnings).toEqual(["vm.composefile: ignored, because the image beside it counts"]);
  });

  test.each([
    ["M21", pluginImage, pluginImage],
    ["M21", "$DESKTOP_PLUGIN_IMAGE", pluginImage],
    ["a published image", "ghcr.io/me/app:1.0", "ghcr.io/me/app:1.0"],
  ])("%s: %s", (_row, image, expected) => {
    expect(read({ vm: { image } })).toEqual({ metadata: { vm: { image: expected } }, warnings: [] });
  });

  test("the socket that vm exposes, else the legacy one, also without a vm (oauth-sample)", () => {
    const legacy = { backend: { socket: "old.sock" } };
    expect(read({ ...withTab(legacy), ...withVm({ exposes: { socket: "new.sock" } }) }).metadata.socket).toBe(
      "new.sock",
    );
    expect(read({ ...withTab(legacy), ...withVm({}) })).toMatchObject({
      metadata: { socket: "old.sock" },
      warnings: [],
    });
    expect(read(withTab(legacy)).metadata.socket).toBe("old.sock");
    expect(read(withTab(legacy)).warnings).toHaveLength(1);
  });

  test.each(["backend.sock", "extension-LocalStack.sock", "docker.sock", "a", "x".repeat(64)])(
    "M27 the socket name %s as it is written",
    (socket) => {
      expect(read(withVm({ exposes: { socket } })).metadata.socket).toBe(socket);
    },
  );

  test("executables in every spelling, folders and repeated base names included (gefyra, aluedeke)", () => {
    const { metadata, warnings } = read(
      withBinaries([
        { darwin: "/darwin/tool", linux: ["/linux/tool"], windows: { path: "/windows/tool.exe" } },
        {
          windows: [
            { path: "/lib/" },
            { path: "/lib/a/__init__.py" },
            { path: "/lib/b/__init__.py" },
            { path: "/s/helper.ps1" },
          ],
        },
      ]),
    );
    expect(warnings).toEqual([]);
    expect(metadata.host?.binaries).toEqual([
      { darwin: ["darwin/tool"], linux: ["linux/tool"], windows: ["windows/tool.exe"] },
      { darwin: [], linux: [], windows: ["lib/", "lib/a/__init__.py", "lib/b/__init__.py", "s/helper.ps1"] },
    ]);
  });

  test("M18 a title cut to 256 characters, without control and bidirectional characters, HTML left as text", () => {
    const titleOf = (title: string): string | undefined => read(withTab({ title })).metadata.ui?.dashboardTab.title;
    expect(titleOf("x".repeat(10_000))).toBe("x".repeat(256));
    expect(titleOf("a\u0007\u001b[31mb\nc\u202ed\u2066e")).toBe("a [31mb cde");
    expect(titleOf("<b>T</b>")).toBe("<b>T</b>");
    expect(titleOf(`${"x".repeat(255)}\u{1f600}`)).toBe("x".repeat(255));
  });

  test("the name for a missing title, and a word where there is no name", () => {
    const ui = { "dashboard-tab": { root: "ui", src: "index.html" } };
    expect(read({ name: "Mine", ui }).metadata.ui?.dashboardTab.title).toBe("Mine");
    expect(read({ ui }).metadata.ui?.dashboardTab.title).toBe("Untitled");
  });

  test("50 warnings at most, and says how many were left out", () => {
    const document = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`key-${index}`, 1]));
    expect(read(document).warnings).toHaveLength(51);
    expect(read(document).warnings.at(-1)).toBe("and 150 more");
  });

  test("a key that would disturb a terminal into a harmless warning", () => {
    expect(read({ "\u001b[2J\u202e": 1 }).warnings).toEqual(['"[2J": unknown key, ignored']);
  });
});
