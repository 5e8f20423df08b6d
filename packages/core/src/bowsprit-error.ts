import { ErrorCode, isErrorCode } from "./error-code.ts";

/** Facts about a failure that survive JSON. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface BowspritErrorOptions {
  readonly cause?: unknown;
  readonly details?: ErrorDetails;
  /** What the reader can do now, as a full sentence. */
  readonly hint?: string;
}

/** The JSON form of a {@link BowspritError}: what the command line prints and the wires carry. */
export interface BowspritErrorJson {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | null;
  readonly details: ErrorDetails;
}

const brand = Symbol.for("@bowsprit/core/BowspritError");

/**
 * The one error class. `message` says what was tried and why it failed, in lower case: `dial unix:///x.sock: no such file`.
 * Wrong argument types are `TypeError` instead: a running program cannot handle those.
 */
export class BowspritError extends Error {
  static {
    this.prototype.name = "BowspritError";
    Object.defineProperty(this.prototype, brand, { value: true });
  }

  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: BowspritErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
    this.hint = options.hint;
  }

  /** True for an error of this class, of any copy of this package, and of that code when one is given. */
  static is(value: unknown, code?: ErrorCode): value is BowspritError {
    return isBranded(value) && (code === undefined || value.code === code);
  }

  /** The value itself when it is one of ours, else `code` (by default `INTERNAL`) with the value as its cause. */
  static from(reason: unknown, code: ErrorCode = ErrorCode.Internal): BowspritError {
    if (BowspritError.is(reason)) return reason;
    const message = reason instanceof Error ? reason.message : String(reason);
    return new BowspritError(code, message, { cause: reason });
  }

  /** The error a peer sent as JSON; what does not have that form becomes `MESSAGE_MALFORMED`. */
  static fromJSON(value: unknown): BowspritError {
    const json = value as Partial<BowspritErrorJson> | null;
    if (typeof json !== "object" || json === null || !isErrorCode(json.code) || typeof json.message !== "string") {
      return new BowspritError(ErrorCode.MessageMalformed, "read an error: not the JSON form of one");
    }
    return new BowspritError(json.code, json.message, {
      ...(typeof json.details === "object" && json.details !== null && { details: json.details }),
      ...(typeof json.hint === "string" && { hint: json.hint }),
    });
  }

  /** The cause and the stack stay here: they name paths and belong to no reader of the wire. */
  toJSON(): BowspritErrorJson {
    return { code: this.code, message: this.message, hint: this.hint ?? null, details: this.details };
  }
}

function isBranded(value: unknown): value is BowspritError {
  return value instanceof Error && brand in value;
}
