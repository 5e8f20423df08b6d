import type { HostAnswer } from "./ask-host.ts";
import { parseJson } from "./parse-json.ts";
import { readHostError } from "./read-host-error.ts";
import { reasonPhrase } from "./reason-phrase.ts";
import { errorHeader } from "./wire.ts";

/** What a call of the service is rejected with when the backend says no: `name` is the reason phrase, `message` the body. */
export interface ServiceError extends Error {
  readonly statusCode: number;
}

/**
 * What a call of the service resolves with: the value of a JSON body, the text of any other, undefined for none. A body that only says
 * that it is JSON is a text.
 * @throws ServiceError for a status outside 200–299; HostError where the gateway failed and not the backend.
 */
export function readServiceAnswer(answer: HostAnswer): unknown {
  const { response, text } = answer;
  if (!response.ok) throw response.headers.has(errorHeader) ? readHostError(answer) : createServiceError(answer);
  if (text === "") return undefined;
  if (!isJson(response)) return text;
  const value = parseJson(text);
  return value === undefined ? text : value;
}

function isJson({ headers }: Response): boolean {
  return /^\s*(?:application\/json|[^\s;]+\/[^\s;]+\+json)\s*(?:;|$)/iu.test(headers.get("content-type") ?? "");
}

function createServiceError({ response, text }: HostAnswer): ServiceError {
  return Object.assign(new Error(text), { name: reasonPhrase(response), statusCode: response.status });
}
