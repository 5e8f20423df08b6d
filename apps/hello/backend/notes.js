import { HttpError, sendJson } from "./answers.js";
import { readJson } from "./read-json.js";

const maxNotes = 1_000;
const maxText = 2_000;

/** The notes, by number; they live as long as the process. */
const stored = new Map();
let last = 0;

/** GET lists the notes, POST adds one. */
export async function notes(request, response) {
  if (request.method !== "POST") {
    sendJson(response, [...stored.values()]);
    return;
  }
  const { text, done = false } = fieldsOf(await readJson(request));
  if (text === undefined) throw new HttpError(400, "a note needs a text");
  if (stored.size >= maxNotes) throw new HttpError(409, `there are ${maxNotes} notes already`);
  last += 1;
  keep(response, 201, { id: last, text, done });
}

/** GET, PUT (whole), PATCH (in part) and DELETE of one note. */
export async function note(request, response, [text]) {
  const id = Number(text);
  if (request.method === "DELETE") {
    find(id);
    stored.delete(id);
    sendJson(response, undefined, { status: 204 });
  } else if (request.method === "PUT" || request.method === "PATCH") {
    await change(request, response, id);
  } else sendJson(response, find(id));
}

async function change(request, response, id) {
  const fields = fieldsOf(await readJson(request));
  const whole = request.method === "PUT";
  if (whole && fields.text === undefined) throw new HttpError(400, "a note needs a text");
  keep(response, 200, { ...find(id), ...(whole && { done: false }), ...fields });
}

function keep(response, status, entry) {
  stored.set(entry.id, entry);
  sendJson(response, entry, { status, headers: { location: `/notes/${entry.id}` } });
}

function find(id) {
  const found = stored.get(id);
  if (found === undefined) throw new HttpError(404, `there is no note ${id}`);
  return found;
}

function fieldsOf(value) {
  const { text, done } = value;
  if (text !== undefined && (typeof text !== "string" || text.trim() === "" || text.length > maxText)) {
    throw new HttpError(400, `text must be from 1 to ${maxText} characters`);
  }
  if (done !== undefined && typeof done !== "boolean") throw new HttpError(400, "done must be true or false");
  return { ...(text !== undefined && { text }), ...(done !== undefined && { done }) };
}
