import { expect, it } from "vitest";
import { judgeLedgers } from "../ledger/judge-ledgers.ts";
import type { FaultName } from "../plan/fault.ts";

/** Four requests: two without a fault, one whose answer is cut, one that is called off. */
const faults: readonly (FaultName | "none")[] = ["none", "none", "none", "cut-length", "abort-waiting"];
const good = {
  client: [
    "2 1.000 4.000 answered 2 2 same",
    "1 0.500 4.500 answered 1 1 same",
    "4 2.000 5.000 failed ABORTED",
    "3 2.000 6.000 failed CONNECTION_LOST",
  ],
  backend: [
    "# life 0",
    "1 received",
    "2 received",
    "2 answered none",
    "1 answered none",
    "# spoilt answer 3",
    "3 received",
    "4 received",
    "3 broke cut-length",
    "4 withheld abort-waiting",
  ],
};

function judge(client: readonly string[], backend: readonly string[] = good.backend) {
  const { counts, disagreements, agrees, killed } = judgeLedgers(
    { client, backend },
    { requests: 4, faultOf: (id) => faults[id] ?? "none" },
  );
  return { ...counts, disagreements, agrees, killed };
}

/** The good ledgers with one line of the client's in place of the one of the same id. */
function withClient(line: string): readonly string[] {
  return good.client.map((each) => (each.split(" ")[0] === line.split(" ")[0] ? line : each));
}

it("finds nothing in two ledgers that agree, and counts how each fault ended", () => {
  const verdict = judgeLedgers(good, { requests: 4, faultOf: (id) => faults[id] ?? "none" });
  expect(verdict).toMatchObject({ agrees: true, disagreements: [], killed: 0 });
  expect(verdict.ends.get("none")).toEqual(new Map([["answered", 2]]));
  expect(verdict.ends.get("cut-length")).toEqual(new Map([["CONNECTION_LOST", 1]]));
});

it("finds a request that has no end", () => {
  expect(judge(good.client.slice(1))).toMatchObject({
    lost: 1,
    disagreements: ["lost: 2 (none) has no end; the backend: answered"],
  });
});

it.each([
  ["ended twice", [...good.client, "2 1.000 5.000 answered 2 2 same"], good.backend],
  ["came twice", good.client, [...good.backend, "2 received"]],
  ["was answered twice", good.client, [...good.backend, "1 answered none"]],
])("finds a request that %s", (_, client, backend) => {
  expect(judge(client, backend)).toMatchObject({ doubled: 1, lost: 0, crossed: 0, agrees: false });
});

it.each([
  ["another one's answer", "2 1.000 4.000 answered 1 1 same"],
  ["the body of another one's answer under its own head", "2 1.000 4.000 answered 2 1 differs"],
  ["a body that is its own only at the beginning", "2 1.000 4.000 answered 2 2 differs"],
  ["an answer of nobody's", "2 1.000 4.000 answered 0 0 differs"],
])("finds a request that got %s", (_, line) => {
  expect(judge(withClient(line))).toMatchObject({ crossed: 1, lost: 0, doubled: 0, agrees: false });
});

it("finds a request that reached the backend with another one's body", () => {
  const backend = [...good.backend, "# mixed up: Error: 2 came as PUT with 3 bytes of a body that is not its own"];
  expect(judge(good.client, backend)).toMatchObject({ crossed: 1, agrees: false });
});

it.each([
  ["has no fault and failed", "1 0.500 4.500 failed CONNECTION_LOST"],
  ["failed with a code that its fault does not admit", "3 2.000 6.000 failed MESSAGE_MALFORMED"],
  ["was cut and counts as answered", "3 2.000 6.000 answered 3 3 same"],
  ["was called off and counts as too late", "4 2.000 5.000 failed DEADLINE_EXCEEDED"],
  ["was left, though nobody was to leave it", "2 1.000 4.000 left 2 2 same"],
])("finds a request that %s", (_, line) => {
  expect(judge(withClient(line))).toMatchObject({ wrong: 1, agrees: false });
});

it("finds an answer that the backend's ledger does not know of", () => {
  const backend = good.backend.filter((line) => !line.startsWith("1 "));
  expect(judge(good.client, backend)).toMatchObject({ wrong: 1, agrees: false });
});

it("finds lines that cannot be read, of either side, and what did not follow the plan", () => {
  expect(judge([...good.client, "3 2.000 6.000 failed untyped Error: what"])).toMatchObject({ wrong: 1 });
  expect(judge([...good.client, "5 2.000 6.000 failed ABORTED"])).toMatchObject({ wrong: 1 });
  expect(judge(good.client, [...good.backend, "half a li"])).toMatchObject({ wrong: 1 });
  expect(judge(good.client, [...good.backend, "5 received"])).toMatchObject({ wrong: 1 });
  const asOther = good.backend.map((line) => line.replace("broke cut-length", "broke close"));
  expect(judge(good.client, asOther)).toMatchObject({ wrong: 1 });
});

it("admits what a kill explains, and only while it lasted and as far as it explains it", () => {
  const during = withClient("1 0.500 4.500 failed CONNECTION_LOST");
  expect(judge(["# kill 4.400 9.000", ...during])).toMatchObject({ agrees: true, killed: 1 });
  expect(judge([...during, "# kill 0.100 0.500"])).toMatchObject({ agrees: true, killed: 1 });
  expect(judge([...during, "# kill 4.501 9.000"])).toMatchObject({ wrong: 1, killed: 0 });
  expect(judge([...during, "# kill 0.100 0.499"])).toMatchObject({ wrong: 1, killed: 0 });
  const refused = withClient("1 0.500 4.500 failed ENDPOINT_UNREACHABLE");
  expect(judge([...refused, "# kill 1.000 9.000"])).toMatchObject({ wrong: 1 });
  const unseen = good.backend.filter((line) => !line.startsWith("1 "));
  expect(judge([...refused, "# kill 1.000 9.000"], unseen)).toMatchObject({ agrees: true, killed: 1 });
  const malformed = withClient("1 0.500 4.500 failed MESSAGE_MALFORMED");
  expect(judge([...malformed, "# kill 1.000 9.000"])).toMatchObject({ wrong: 1 });
});
