import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { createFrameChannel } from "../create-frame-channel.ts";
import type { PageToast } from "../read-toast.ts";
import { Loading } from "./loading.tsx";

interface ExtensionFrameProps {
  /** Works once: a frame that is moved or drawn anew needs another. */
  readonly url: string;
  readonly title: string;
  readonly onToast: (toast: PageToast) => void;
}

const sandbox =
  "allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox allow-modals";

/** An extension's page in a frame of its own origin. It may use the clipboard and the whole screen when its user acts, and is told nothing of the dashboard's address. */
export function ExtensionFrame({ url, title, onToast }: ExtensionFrameProps): JSX.Element {
  const frame = useRef<HTMLIFrameElement>(null);
  const latest = useRef(onToast);
  latest.current = onToast;
  const [loaded, setLoaded] = useState(false);
  // In the layout phase, so that it listens before the page's first script can speak.
  useLayoutEffect(() => {
    const channel = createFrameChannel({
      receiver: window,
      frame: () => frame.current?.contentWindow ?? null,
      origin: new URL(url).origin,
      now: () => performance.now(),
      onToast: (toast) => latest.current(toast),
    });
    return () => channel.close();
  }, [url]);
  return (
    <>
      {!loaded && <Loading title={`Opening ${title}`} />}
      <iframe
        ref={frame}
        title={title}
        sandbox={sandbox}
        allow="fullscreen; clipboard-read; clipboard-write"
        referrerpolicy="no-referrer"
        data-loaded={loaded}
        onLoad={() => setLoaded(true)}
        src={url}
      />
    </>
  );
}
