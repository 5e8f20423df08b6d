// A classic script, so that the page also works where it is loaded from a file.
"use strict";

const client = window.ddClient;
const at = (id) => document.getElementById(id);
const withBody = new Set(["post", "put", "patch"]);

function main() {
  at("no-host").hidden = client !== undefined;
  at("app").hidden = client === undefined;
  if (client === undefined) return;
  for (const button of document.querySelectorAll("[data-verb]"))
    button.addEventListener("click", () => void ask(button.dataset));
  at("new-note").addEventListener("submit", (event) => void addNote(event));
  at("run").addEventListener("click", () => void run());
  at("stream").addEventListener("click", () => runStreamed());
  void greet();
  void showNotes();
}

function service() {
  return client.extension.vm.service;
}

/** What a call was rejected with, in words: errors, results of a failed program and plain objects all occur. */
function reasonOf(reason) {
  const status = reason?.statusCode === undefined ? "" : `${reason.statusCode} `;
  return `${status}${reason?.stderr || reason?.message || String(reason)}`;
}

/** Runs a step of the page; a failure becomes a toast, and nothing else of the page is disturbed. */
async function attempt(what, step) {
  try {
    return await step();
  } catch (reason) {
    client.desktopUI.toast.error(`${what}: ${reasonOf(reason)}`);
    return undefined;
  }
}

async function greet() {
  const hello = await attempt("Greet the backend", () => service().get("/hello"));
  if (hello !== undefined)
    at("greeting").textContent = `${hello.message}, ${hello.from} on ${hello.platform}, Node ${hello.node}.`;
}

async function ask({ verb, path = at("path").value }) {
  const screen = at("answer");
  screen.textContent = "…";
  try {
    const body = withBody.has(verb) ? [at("body").value] : [];
    const answer = await service()[verb](path, ...body);
    screen.textContent = answer === undefined || answer === "" ? "(no body)" : JSON.stringify(answer, null, 2);
    client.desktopUI.toast.success(`${verb.toUpperCase()} ${path} was answered`);
  } catch (reason) {
    screen.textContent = reasonOf(reason);
    client.desktopUI.toast.error(`${verb.toUpperCase()} ${path}: ${reasonOf(reason)}`);
  }
}

async function showNotes() {
  const notes = await attempt("List the notes", () => service().get("/notes"));
  if (!Array.isArray(notes)) return;
  at("notes").replaceChildren(...notes.map((note) => noteItem(note)));
  at("no-notes").hidden = notes.length > 0;
}

function noteItem({ id, text, done }) {
  const item = document.createElement("li");
  item.classList.toggle("done", done);
  const box = Object.assign(document.createElement("input"), { type: "checkbox", id: `note-${id}`, checked: done });
  const label = Object.assign(document.createElement("label"), { htmlFor: `note-${id}`, textContent: text });
  const remove = Object.assign(document.createElement("button"), {
    type: "button",
    className: "quiet",
    textContent: "Delete",
  });
  remove.setAttribute("aria-label", `Delete the note ${text}`);
  box.addEventListener("change", () => {
    void changeNotes("Change the note", () => service().patch(`/notes/${id}`, { done: box.checked }));
  });
  remove.addEventListener("click", () => {
    void changeNotes("Delete the note", () => service().delete(`/notes/${id}`));
  });
  item.append(box, label, remove);
  return item;
}

async function addNote(event) {
  event.preventDefault();
  const field = at("note-text");
  const added = await changeNotes("Add the note", () => service().post("/notes", { text: field.value }));
  if (added !== undefined) field.value = "";
}

async function changeNotes(what, step) {
  const result = await attempt(what, step);
  await showNotes();
  return result;
}

function command() {
  const name = client.host.platform === "win32" ? "hello-host.cmd" : "hello-host.sh";
  const lines = at("arguments")
    .value.split("\n")
    .filter((line) => line !== "");
  return [name, lines];
}

async function run() {
  const screen = at("output");
  screen.textContent = "…";
  try {
    const result = await client.extension.host.cli.exec(...command());
    screen.textContent = result.stdout;
    client.desktopUI.toast.success("The executable ended with 0");
  } catch (reason) {
    screen.textContent = `${reason?.stdout ?? ""}${reasonOf(reason)}`;
    client.desktopUI.toast.warning(`The executable failed${reason?.code === undefined ? "" : ` with ${reason.code}`}`);
  }
}

function runStreamed() {
  const screen = at("output");
  screen.textContent = "";
  client.extension.host.cli.exec(...command(), {
    stream: {
      splitOutputLines: true,
      onOutput: ({ stdout, stderr }) => screen.append(`${stdout ?? `stderr: ${stderr}`}\n`),
      onError: (reason) => client.desktopUI.toast.error(`Run the executable: ${reasonOf(reason)}`),
      onClose: (code) => screen.append(`ended with ${code}\n`),
    },
  });
}

main();
