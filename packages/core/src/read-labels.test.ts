import { describe, expect, test } from "vitest";
import { labelNames } from "./labels.ts";
import { type LabelReading, readLabels } from "./read-labels.ts";

const read = (labels: Partial<Record<keyof typeof labelNames, string>>): LabelReading =>
  readLabels(
    Object.fromEntries(Object.entries(labels).map(([key, text]) => [labelNames[key as keyof typeof labelNames], text])),
  );

describe("readLabels", () => {
  test("reads a whole set without a warning", () => {
    const { labels, warnings } = read({
      title: "Mine",
      description: "Does things",
      vendor: "Me",
      apiVersion: ">= 0.3.0",
      icon: "https://example.com/i.svg",
      screenshots:
        '[{"alt": "one", "url": "https://example.com/1.png"}, {"alt": "two", "url": "https://example.com/2.png"}]',
      detailedDescription: "<p>Long</p>\r\n<p>text</p>",
      publisherUrl: "https://example.com",
      additionalUrls: '[{"title": "Docs", "url": "https://example.com/docs"}]',
      changelog: "- one\n- two",
      categories: "database, utility-tools,",
      accountInfo: "required",
      licenses: "Apache-2.0",
    });
    expect(warnings).toEqual([]);
    expect(labels).toEqual({
      title: "Mine",
      description: "Does things",
      vendor: "Me",
      apiVersion: ">= 0.3.0",
      icon: "https://example.com/i.svg",
      screenshots: [
        { alt: "one", url: "https://example.com/1.png" },
        { alt: "two", url: "https://example.com/2.png" },
      ],
      detailedDescription: "<p>Long</p>\n<p>text</p>",
      publisherUrl: "https://example.com/",
      additionalUrls: [{ title: "Docs", url: "https://example.com/docs" }],
      changelog: "- one\n- two",
      categories: ["database", "utility-tools"],
      accountInfo: "required",
      licenses: "Apache-2.0",
    });
  });

  test("takes missing and empty labels as absent, without a warning", () => {
    const empty = { labels: { screenshots: [], additionalUrls: [], categories: [] }, warnings: [] };
    expect(readLabels({})).toEqual(empty);
    expect(readLabels(Object.fromEntries(Object.values(labelNames).map((name) => [name, " "])))).toEqual(empty);
  });

  test.each(["", ">=0.2.3", "0.3.4", "${DD_VERSION}", "99", "1;rm"])(
    "M39 keeps the api version %j as it is written",
    (apiVersion) => {
      expect(read({ apiVersion }).labels.apiVersion).toBe(apiVersion === "" ? undefined : apiVersion);
    },
  );

  const bad = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "http://example.com",
    "//example.com",
    "/x",
    "example.com",
    "&#106;avascript:alert(1)",
    "https://user@example.com",
    "https://:pw@example.com",
    "https://",
    "ftp://x",
    `https://example.com/${"x".repeat(2048)}`,
  ];
  test.each(bad)("M40 leaves the link %j out, with a warning", (url) => {
    const { labels, warnings } = read({
      icon: url,
      publisherUrl: url,
      screenshots: JSON.stringify([{ alt: "x", url }]),
      additionalUrls: JSON.stringify([
        { title: "x", url },
        { title: "good", url: "https://example.com/" },
      ]),
    });
    expect(labels).toEqual({
      screenshots: [],
      additionalUrls: [{ title: "good", url: "https://example.com/" }],
      categories: [],
    });
    expect(warnings).toHaveLength(4);
    expect(warnings.join("\n").length).toBeLessThan(2000);
  });

  test.each([
    "[",
    "{}",
    '"x"',
    "null",
    "[1]",
    '[{"url": 1}]',
    '[{"alt": "x"}]',
    "'[]'",
    `[${"[".repeat(100_000)}`,
    "[" + " ".repeat(70_000) + "]",
  ])("M40 leaves the list %.40s out, with a warning", (screenshots) => {
    const { labels, warnings } = read({ screenshots });
    expect(labels.screenshots).toEqual([]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(labelNames.screenshots);
  });

  test("M40 cuts and strips text, and leaves HTML in it as text", () => {
    const { labels } = read({
      title: `<script>x</script>\u0007\u202e${"y".repeat(10_000)}`,
      changelog: `a\tb\nc\u0000\u001b[2J\u2066${"z".repeat(1_000_000)}`,
      description: "one\ntwo",
    });
    expect(labels.title).toHaveLength(256);
    expect(labels.title).toMatch(/^<script>x<\/script> y+$/u);
    expect(labels.changelog).toHaveLength(65_536);
    expect(labels.changelog).toMatch(/^a\tb\nc\[2Jz+$/u);
    expect(labels.description).toBe("one two");
  });

  test("reads 64 entries of a list at most", () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ alt: `${index}`, url: `https://example.com/${index}` }));
    const { labels, warnings } = read({ screenshots: JSON.stringify(many), categories: "a,".repeat(100) });
    expect(labels.screenshots).toHaveLength(64);
    expect(labels.categories).toHaveLength(64);
    expect(warnings).toHaveLength(1);
  });

  test("never throws for what is no text, and reads no inherited name", () => {
    const source = Object.create({ [labelNames.title]: "inherited" }) as Record<string, string>;
    Object.assign(source, { [labelNames.vendor]: 5 });
    expect(readLabels(source)).toEqual({
      labels: { screenshots: [], additionalUrls: [], categories: [] },
      warnings: [`${labelNames.vendor}: not a text, left out`],
    });
  });
});
