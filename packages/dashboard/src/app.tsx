import type { Extension } from "@bowsprit/core";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ExtensionView } from "./components/extension-view.tsx";
import { InstallDialog } from "./components/install-dialog.tsx";
import { NotInstalled } from "./components/not-installed.tsx";
import { Overview } from "./components/overview.tsx";
import { Sidebar } from "./components/sidebar.tsx";
import { SignedOut } from "./components/signed-out.tsx";
import { ToastStack } from "./components/toast-stack.tsx";
import { TopBar } from "./components/top-bar.tsx";
import type { CatalogState } from "./create-catalog.ts";
import type { Route } from "./route.ts";
import type { Shell } from "./shell.ts";
import { useCell } from "./use-cell.ts";

/** The whole dashboard: a sidebar to choose from, the chosen extension beside it, and what lies over both. */
export function App({ shell }: { readonly shell: Shell }): JSX.Element {
  const route = useCell(shell.router);
  const catalog = useCell(shell.catalog);
  const [installing, setInstalling] = useState(false);
  const [menu, setMenu] = useState(false);
  const selected = chosenOf(catalog, route);
  useEffect(() => {
    document.title = selected === undefined ? "Bowsprit" : `${selected.title} · Bowsprit`;
  }, [selected?.title]);
  // Whoever chose something on a narrow screen wants to see it.
  useEffect(() => setMenu(false), [route]);

  if (useCell(shell.signedOut)) return <SignedOut />;
  const install = (): void => setInstalling(true);
  return (
    <div class="app" data-menu={menu ? "open" : undefined}>
      <a class="skip" href="#main" onClick={skipToMain}>
        Skip to the content
      </a>
      <TopBar title={selected?.title} open={menu} onToggle={() => setMenu(!menu)} />
      <Sidebar shell={shell} onInstall={install} onClose={() => setMenu(false)} />
      <main id="main" class="main" tabIndex={-1}>
        {content({ shell, catalog, route, selected, install })}
      </main>
      {installing && <InstallDialog shell={shell} onClose={() => setInstalling(false)} />}
      <ToastStack toasts={shell.toasts} />
    </div>
  );
}

interface ContentProps {
  readonly shell: Shell;
  readonly catalog: CatalogState;
  readonly route: Route;
  readonly selected: Extension | undefined;
  readonly install: () => void;
}

function content({ shell, catalog, route, selected, install }: ContentProps): JSX.Element {
  // Another version of an extension is another page: it begins anew.
  if (selected !== undefined)
    return <ExtensionView key={`${selected.id} ${selected.digest}`} {...{ shell }} extension={selected} />;
  if (route.page === "extension" && catalog.kind === "ready") return <NotInstalled id={route.id} />;
  return <Overview shell={shell} state={catalog} onInstall={install} />;
}

function chosenOf(catalog: CatalogState, route: Route): Extension | undefined {
  if (catalog.kind !== "ready" || route.page !== "extension") return undefined;
  return catalog.extensions.find(({ id }) => id === route.id);
}

/** The fragment of the address is the route, so the link must not change it. */
function skipToMain(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
