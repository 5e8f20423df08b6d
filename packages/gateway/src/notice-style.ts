import { createHash } from "node:crypto";

/** The looks of a notice, near to the dashboard's. It stands inside the document: a notice loads nothing. */
export const noticeStyle = `
:root {
  color-scheme: light dark;
  --page: #f4f6fa; --card: #fff; --line: #d5dce8; --text: #17202e; --muted: #566275; --accent: #0b5fff; --screen: #eef2f8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10151d; --card: #19202b; --line: #2e3948; --text: #e8edf5; --muted: #9aa7ba; --accent: #6ea8ff; --screen: #0c1118;
  }
}
* { box-sizing: border-box; margin: 0; }
body {
  display: grid; place-items: center; min-height: 100vh; padding: 1.5rem 1rem; background: var(--page); color: var(--text);
  font: 0.875rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif;
}
main {
  display: grid; gap: 0.75rem; width: min(30rem, 100%); padding: 2rem; border: 1px solid var(--line); border-radius: 0.75rem;
  background: var(--card);
}
svg { width: 3rem; height: 3rem; margin-bottom: 0.25rem; }
h1 { font-size: 1.25rem; line-height: 1.75rem; letter-spacing: -0.01em; overflow-wrap: anywhere; }
p { color: var(--muted); }
pre {
  padding: 0.5rem 0.75rem; overflow: auto; border-radius: 0.5rem; background: var(--screen);
  font: 0.8125rem/1.25rem ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
a { color: var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

/** What a policy allows it by: this text and no other. */
export const noticeStyleSource: string = `'sha256-${createHash("sha256").update(noticeStyle).digest("base64")}'`;
