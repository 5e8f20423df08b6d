import { expect, test } from "vitest";
import { parseChallenges } from "./parse-challenge.ts";

const read = (header: string): unknown =>
  parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

test("one challenge with its parameters, quoted or not, names in any case", () => {
  expect(read('Bearer realm="https://a.example/t",Service=reg, SCOPE="repository:me/app:pull,push"')).toEqual([
    ["bearer", { realm: "https://a.example/t", service: "reg", scope: "repository:me/app:pull,push" }],
  ]);
});

test("several challenges in one header, and escapes in quotes", () => {
  expect(read('Basic realm="a \\"b\\", Bearer c=d", Bearer realm="x" , Negotiate')).toEqual([
    ["basic", { realm: 'a "b", Bearer c=d' }],
    ["bearer", { realm: "x" }],
    ["negotiate", {}],
  ]);
});

test.each(["", ",,,", '"', "=", 'a="b'])("what is not one, such as %j, gives nothing that could be used", (header) => {
  expect(parseChallenges(header).flatMap(({ parameters }) => [...parameters])).toEqual([]);
});
