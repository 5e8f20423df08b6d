import { expect, it } from "vitest";
import { readPageConfig } from "./read-page-config.ts";

const config = {
  image: "vendor/name:1.0",
  dashboard: "http://bowsprit.localhost:4711",
  host: { platform: "linux", arch: "x64", hostname: "box" },
  offers: { service: true, vm: true, host: false },
};

it("reads what the gateway writes, and leaves out what it does not know", () => {
  expect(readPageConfig(JSON.stringify({ ...config, later: 1 }))).toEqual(config);
});

it.each([
  [undefined, "has none"],
  ["", "it is not a JSON object"],
  ["{", "it is not a JSON object"],
  ["null", "it is not a JSON object"],
  ["[]", "it is not a JSON object"],
  ["{}", "host is not a JSON object"],
  [JSON.stringify({ ...config, image: 1 }), "image is not a text"],
  [JSON.stringify({ ...config, host: { ...config.host, arch: null } }), "host.arch is not a text"],
  [JSON.stringify({ ...config, offers: { ...config.offers, vm: "yes" } }), "offers.vm is neither true nor false"],
  [JSON.stringify({ ...config, offers: null }), "offers is not a JSON object"],
  [JSON.stringify({ ...config, dashboard: "*" }), "dashboard is not an origin"],
  [JSON.stringify({ ...config, dashboard: "/" }), "dashboard is not an origin"],
  [JSON.stringify({ ...config, dashboard: "null" }), "dashboard is not an origin"],
  [JSON.stringify({ ...config, dashboard: "http://bowsprit.localhost:4711/" }), "dashboard is not an origin"],
  [JSON.stringify({ ...config, dashboard: "http://a:b@bowsprit.localhost" }), "dashboard is not an origin"],
])("refuses %j and says why", (text, why) => {
  expect(() => readPageConfig(text)).toThrow(
    expect.objectContaining({ code: "MESSAGE_MALFORMED", message: expect.stringContaining(why) }),
  );
});
