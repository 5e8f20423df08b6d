import { render } from "preact";
import { App } from "./app.tsx";
import { createShell } from "./create-shell.ts";

render(<App shell={createShell(window)} />, document.body);
