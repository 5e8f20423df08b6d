import type { LogLine } from "@bowsprit/core";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { plainOutput } from "../plain-output.ts";

/** Lines of output with their time and service, the newest in view. */
export function LogLines({ lines }: { readonly lines: readonly LogLine[] }): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    element?.scrollTo({ top: element.scrollHeight });
  }, [lines]);
  return (
    // Focusable, so that the keyboard can scroll it.
    <ol ref={list} class="log-lines" tabIndex={0} aria-label="Log lines">
      {lines.map(({ service, stream, time, text }, index) => (
        <li key={index} data-stream={stream}>
          <time dateTime={time} title={time}>
            {clockTime(time)}
          </time>
          <span class="log-service cut" title={service}>
            {service}
          </span>
          <span class="log-text">
            {stream === "stderr" && <span class="hidden">error output: </span>}
            {plainOutput(text)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function clockTime(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "" : date.toLocaleTimeString("en-GB");
}
