/** Names that pass, spelt so. Each tells a program about the user, the system or the way to an engine; none makes it run something. */
const names: ReadonlySet<string> = listed(`
  PATH HOME USER LOGNAME SHELL TERM COLORTERM NO_COLOR TZ TMPDIR LANG LANGUAGE
  DOCKER_HOST DOCKER_CONTEXT DOCKER_CONFIG DOCKER_CERT_PATH DOCKER_TLS_VERIFY KUBECONFIG
  HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy SSL_CERT_FILE SSL_CERT_DIR
  SSH_AUTH_SOCK GNUPGHOME DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY XAUTHORITY WSL_DISTRO_NAME WSL_INTEROP`);

const prefixes = /^(?:LC|XDG)_[A-Z_]+$/u;

/** Names of Windows, where case does not count; they pass under this spelling. */
const windowsNames: ReadonlySet<string> = listed(`
  PATH PATHEXT SystemRoot SystemDrive windir ComSpec TEMP TMP OS COMPUTERNAME NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE
  APPDATA LOCALAPPDATA USERPROFILE USERNAME USERDOMAIN HOMEDRIVE HOMEPATH ALLUSERSPROFILE PUBLIC ProgramData
  ProgramFiles ProgramFiles(x86) ProgramW6432 CommonProgramFiles CommonProgramFiles(x86)`);

const windowsSpelling = new Map([...windowsNames].map((name) => [name.toLowerCase(), name]));

/**
 * The environment for a process of an extension: of `source` only what the allow-list names, then `additions`, which are the caller's own
 * decision and may be anything. What loads code into programs (`NODE_OPTIONS`, `LD_PRELOAD`, `DYLD_*`, `BASH_ENV`, …), what belongs to our
 * own start (`npm_*`) and every secret a shell may hold does not pass.
 */
export function hostEnvironment(
  source: Readonly<Record<string, string | undefined>>,
  additions: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(source)) {
    if (value !== undefined && (names.has(name) || prefixes.test(name))) passed[name] = value;
  }
  for (const [name, value] of Object.entries(source)) {
    const spelt = windowsSpelling.get(name.toLowerCase());
    if (value !== undefined && spelt !== undefined) passed[spelt] ??= value;
  }
  return { ...passed, ...additions };
}

function listed(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/u));
}
