import type { HostConnection } from "./ask-host.ts";
import type { ShowToast } from "./connect-dashboard.ts";
import { createHostExec } from "./create-host-exec.ts";
import { createServiceApi } from "./create-service-api.ts";
import type { DdClient, DdExtension, DdNavigate, DdToast } from "./dd-client.ts";
import type { Exec } from "./exec.ts";
import { openExternal, type OpenWindow } from "./open-external.ts";
import type { StreamConnection } from "./stream-on-host.ts";
import { unsupported, unsupportedExec } from "./unsupported.ts";
import type { PageConfig } from "./wire.ts";

/** What the client needs of the page it is in. */
export interface PageEnvironment extends HostConnection, StreamConnection {
  readonly open: OpenWindow;
  readonly showToast: ShowToast;
}

/** The client of one page: plain data and functions, frozen through and through, so that no script of the page changes it for another. */
export function createDdClient(config: PageConfig, environment: PageEnvironment): DdClient {
  const { platform, arch, hostname } = config.host;
  return Object.freeze({
    extension: createExtension(config, environment),
    desktopUI: Object.freeze({
      toast: createToast(environment.showToast),
      dialog: Object.freeze({ showOpenDialog: unsupported("desktopUI.dialog.showOpenDialog") }),
      navigate: createNavigate(),
    }),
    host: Object.freeze({
      openExternal: (url: string) => openExternal(url, environment.open),
      platform,
      arch,
      hostname,
    }),
    docker: Object.freeze({
      cli: cliOf(unsupportedExec("docker.cli.exec")),
      listContainers: unsupported("docker.listContainers"),
      listImages: unsupported("docker.listImages"),
    }),
  });
}

function createExtension({ image, offers }: PageConfig, environment: PageEnvironment): DdExtension {
  return Object.freeze({
    image,
    ...((offers.vm || offers.service) && {
      vm: Object.freeze({
        cli: cliOf(unsupportedExec("extension.vm.cli.exec")),
        ...(offers.service && { service: createServiceApi(environment) }),
      }),
    }),
    ...(offers.host && { host: Object.freeze({ cli: cliOf(createHostExec(environment)) }) }),
  });
}

function createToast(show: ShowToast): DdToast {
  return Object.freeze({
    success: (message: string) => show("success", String(message)),
    warning: (message: string) => show("warning", String(message)),
    error: (message: string) => show("error", String(message)),
  });
}

function createNavigate(): DdNavigate {
  const to = (name: keyof DdNavigate): (() => Promise<never>) => unsupported(`desktopUI.navigate.${name}`);
  return Object.freeze({
    viewContainers: to("viewContainers"),
    viewContainer: to("viewContainer"),
    viewContainerLogs: to("viewContainerLogs"),
    viewContainerInspect: to("viewContainerInspect"),
    viewContainerTerminal: to("viewContainerTerminal"),
    viewContainerStats: to("viewContainerStats"),
    viewImages: to("viewImages"),
    viewImage: to("viewImage"),
    viewVolumes: to("viewVolumes"),
    viewVolume: to("viewVolume"),
  });
}

function cliOf(exec: Exec): { readonly exec: Exec } {
  return Object.freeze({ exec });
}
