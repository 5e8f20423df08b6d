import { expect, test } from "vitest";
import { finalArguments } from "./final-arguments.ts";

test.each([
  ['"{{json .}}"', "{{json .}}"],
  ["jsonpath='{.contexts}'", "jsonpath={.contexts}"],
  ['custom-columns=":metadata.name"', "custom-columns=:metadata.name"],
  ['type=bind,source="p q",target=/f', "type=bind,source=p q,target=/f"],
  ['"echo x > /f"', "echo x > /f"],
  [`'it'"'"'s'`, "it's"],
  [String.raw`"a \"b\" \n \\ \$c"`, String.raw`a "b" \n \ $c`],
  ["''", ""],
])("the plain form takes the quotes out of %s", (given, meant) => {
  expect(finalArguments([given], "plain")).toEqual([meant]);
});

test.each(["it's", '"open', "a 'b", "$(touch x) `id` | > *", String.raw`C:\dir\new`, "", "two words\nand a line"])(
  "the plain form leaves %j as it is: nothing is split, expanded or guessed",
  (given) => {
    expect(finalArguments([given], "plain")).toEqual([given]);
  },
);

test.each([
  ['"{{json .}}"', "{{json .}}"],
  ["'x'", "x"],
  ['source="a b"', 'source="a b"'],
  ['"', '"'],
  ["\"a'", "\"a'"],
])("the streaming form takes one pair around %s and nothing else", (given, meant) => {
  expect(finalArguments([given], "stream")).toEqual([meant]);
});

test("a long argument without a closing quote costs no more than its length", () => {
  const long = `${'"a'.repeat(100_001)}`;
  expect(finalArguments([long], "plain")).toEqual([long]);
});
