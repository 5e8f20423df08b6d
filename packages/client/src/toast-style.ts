/** The look of the toasts of a page that nothing frames. The element itself is out of reach of the page's own rules. */
export const toastStyle = `
:host {
  all: initial !important;
  position: fixed !important;
  z-index: 2147483647 !important;
  right: 16px !important;
  bottom: 16px !important;
  display: grid !important;
  gap: 8px !important;
  justify-items: end !important;
  max-width: min(420px, calc(100vw - 32px)) !important;
}
div {
  padding: 10px 14px;
  border-left: 4px solid var(--level);
  border-radius: 4px;
  background: #fff;
  color: #17191e;
  box-shadow: 0 2px 12px rgb(0 0 0 / 30%);
  font: 14px/1.4 system-ui, sans-serif;
  overflow-wrap: anywhere;
  white-space: pre-wrap;
}
.success { --level: #2e7f74; }
.warning { --level: #b15d00; }
.error { --level: #d52536; }
@media (prefers-color-scheme: dark) {
  div { background: #1f252e; color: #e7eaef; }
  .success { --level: #58b3a7; }
  .warning { --level: #f0a155; }
  .error { --level: #f16e78; }
}
`;
