import { BowspritError, ErrorCode } from "@bowsprit/core";
import { errors } from "undici";
import { expect, it } from "vitest";
import { fromUndiciError } from "./undici-error.ts";

const before = { attempt: "request GET /", answered: false };
const after = { attempt: "request GET /", answered: true };

it("leaves an error of ours as it is", () => {
  const error = new BowspritError(ErrorCode.EndpointForbidden, "dial: no");
  expect(fromUndiciError(error, before)).toBe(error);
});

it.each([
  [new errors.HeadersTimeoutError(), before, "DEADLINE_EXCEEDED"],
  [new errors.BodyTimeoutError(), after, "DEADLINE_EXCEEDED"],
  [new errors.HeadersOverflowError(), before, "MESSAGE_TOO_LARGE"],
  [new errors.SocketError("other side closed"), before, "CONNECTION_LOST"],
  [new errors.SocketError("closed"), after, "CONNECTION_LOST"],
  [new errors.SocketError("bad response"), before, "MESSAGE_MALFORMED"],
  [new errors.SocketError("bad upgrade"), before, "MESSAGE_MALFORMED"],
  [new errors.ResponseContentLengthMismatchError(), before, "MESSAGE_MALFORMED"],
  [new errors.ResponseContentLengthMismatchError(), after, "CONNECTION_LOST"],
  [new errors.HTTPParserError("not HTTP (Expected HTTP/)"), before, "MESSAGE_MALFORMED"],
  [new errors.HTTPParserError("not HTTP (Invalid EOF state)"), after, "CONNECTION_LOST"],
  [new errors.InvalidArgumentError("x"), before, "INVALID_ARGUMENT"],
  [new errors.ClientDestroyedError(), before, "ABORTED"],
  [new errors.InformationalError("reset"), before, "CONNECTION_LOST"],
  [Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }), before, "CONNECTION_LOST"],
  [new Error("who knows"), before, "INTERNAL"],
])("maps %o", (reason, options, code) => {
  const error = fromUndiciError(reason, options);
  expect(error).toMatchObject({ code, cause: reason });
  expect(error.message).toMatch(/^request GET \/: \S/u);
});
