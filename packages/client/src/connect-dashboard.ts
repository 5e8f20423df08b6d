import type { ToastLevel, ToastMessage } from "./wire.ts";

/** Shows a short message to the user. */
export type ShowToast = (level: ToastLevel, text: string) => void;

/** The window that frames a page, as far as it may be known. */
export interface FramingWindow {
  postMessage(message: unknown, targetOrigin: string, transfer: Transferable[]): void;
}

/** Offers the dashboard a port, on its exact origin and no other, and shows toasts over it. What is said before it listens waits. */
export function connectDashboard(parent: FramingWindow, dashboard: string): ShowToast {
  const { port1, port2 } = new MessageChannel();
  parent.postMessage({ type: "bowsprit:connect" }, dashboard, [port2]);
  return (level, text) => {
    const message: ToastMessage = { type: "toast", level, text };
    port1.postMessage(message);
  };
}
