import { BowspritError, cleanText, ErrorCode, isJsonObject, type LocalCommand, readLocalCommand } from "@bowsprit/core";
import { isMap, isScalar } from "yaml";
import { composeError, type ComposePlace } from "./compose-error.ts";
import { type ComposeDocument, parseComposeDocument, reasonOf } from "./parse-compose-document.ts";

/** One service of a compose file: what is read of it so far. */
export interface ComposeService {
  readonly name: string;
  readonly local?: LocalCommand;
  /** True for a service that its `profiles` switch off. */
  readonly off: boolean;
}

/** A compose file, read. */
export interface ComposeReading {
  /** In the order of the file. */
  readonly services: readonly ComposeService[];
  readonly warnings: readonly string[];
}

/**
 * Reads the services of a compose file and their `x-local`.
 * @throws BowspritError `COMPOSE_INVALID`.
 */
export function readCompose(text: string): ComposeReading {
  const source = parseComposeDocument(text);
  const root = valueOf(source, false);
  if (!isJsonObject(root))
    throw composeError("not a list of keys and values", source.placeOf(source.document.contents));
  const { services } = root;
  if (!isJsonObject(services) || Object.keys(services).length === 0) {
    throw composeError("names no services", source.placeOf(source.document.get("services", true)));
  }
  const warnings = Object.hasOwn(root, "x-local") ? ["x-local: ignored here; it belongs into a service"] : [];
  return {
    services: namesInOrder(source).map((name) => readService(name, services[name], placeOfService(source, name))),
    warnings,
  };
}

function readService(name: string, value: unknown, place: ComposePlace | undefined): ComposeService {
  const at = `services.${cleanText(name, 64)}`;
  if (!/^[a-zA-Z0-9._-]{1,128}$/u.test(name)) throw composeError(`${at}: not the name of a service`, place);
  if (!isJsonObject(value)) throw composeError(`${at}: not a list of keys and values`, place);
  const { profiles } = value;
  const off = Array.isArray(profiles) && profiles.length > 0;
  const local = value["x-local"];
  if (local === undefined) return { name, off };
  try {
    const options = { what: "compose file", code: ErrorCode.ComposeInvalid };
    return { name, off, local: readLocalCommand(local, `${at}.x-local`, options) };
  } catch (error) {
    throw withPlace(BowspritError.from(error), place);
  }
}

function withPlace(error: BowspritError, place: ComposePlace | undefined): BowspritError {
  if (place === undefined) return error;
  const { line, column } = place;
  return new BowspritError(error.code, error.message.replace("file: ", `file: ${line}:${column}: `), {
    details: { ...error.details, line, column },
    ...(error.hint !== undefined && { hint: error.hint }),
  });
}

function valueOf({ document }: ComposeDocument, mapAsMap: boolean): unknown {
  try {
    return document.toJS({ mapAsMap });
  } catch (error) {
    throw composeError(error instanceof Error ? reasonOf(error) : "cannot be read", undefined, error);
  }
}

// A plain object lists keys that look like numbers first; a Map keeps the order.
function namesInOrder(source: ComposeDocument): readonly string[] {
  const root = valueOf(source, true);
  const services: unknown = root instanceof Map ? root.get("services") : undefined;
  return services instanceof Map ? [...services.keys()].map(String) : [];
}

function placeOfService({ document, placeOf }: ComposeDocument, name: string): ComposePlace | undefined {
  const services = document.get("services", true);
  const pair = isMap(services)
    ? services.items.find(({ key }) => isScalar(key) && String(key.value) === name)
    : undefined;
  return placeOf(pair?.key ?? services);
}
