import { BowspritError } from "@bowsprit/core";
import { createRegistryClient, type RegistryClient } from "./create-registry-client.ts";
import { createWire } from "./create-wire.ts";
import { readDockerConfig } from "./docker-config.ts";
import { findCredentials } from "./find-credentials.ts";
import { registryEndpoints } from "./registry-endpoints.ts";
import type { RegistryOptions } from "./registry-options.ts";
import { aborted } from "./wire-error.ts";

/** One repository at its mirrors and its registry. Disposing closes every connection. */
export interface RegistrySession extends AsyncDisposable {
  readonly signal: AbortSignal;
  /**
   * Does something at the first client where it succeeds, in order. What is thrown is the failure at the registry itself; those at
   * its mirrors are in `details.mirrors`. An abort ends it at once.
   */
  atFirst<Result>(attempt: string, act: (client: RegistryClient) => Promise<Result>): Promise<Result>;
}

/**
 * Opens nothing yet but Docker's configuration, and that when a registry asks for credentials.
 * @throws BowspritError `INVALID_ARGUMENT` for a mirror that is none.
 */
export function openSession(registry: string, repository: string, options: RegistryOptions): RegistrySession {
  const { runHelper, dockerConfig, timeoutMs } = options;
  const signals = [options.signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)];
  const signal = AbortSignal.any(signals.filter((one) => one !== undefined));
  const endpoints = registryEndpoints(registry, options);
  const wire = createWire(options);
  let config: ReturnType<typeof readDockerConfig> | undefined;
  const clients = endpoints.map((endpoint) => {
    const credentials = async (): Promise<Awaited<ReturnType<typeof findCredentials>>> => {
      config ??= readDockerConfig(dockerConfig);
      return findCredentials(endpoint.account, { config: await config, runHelper });
    };
    return createRegistryClient(endpoint, { ...options, wire, repository, credentials });
  });
  return {
    signal,
    async atFirst(attempt, act) {
      const passedOver: string[] = [];
      for (const [index, client] of clients.entries()) {
        if (signal.aborted) throw aborted(attempt, signal);
        try {
          return await act(client);
        } catch (error) {
          const isLast = index === clients.length - 1;
          if (signal.aborted || !BowspritError.is(error) || isLast) throw withMirrors(error, passedOver);
          passedOver.push(`${client.name}: ${error.message}`);
        }
      }
      throw new TypeError("a registry without endpoints");
    },
    [Symbol.asyncDispose]: () => wire[Symbol.asyncDispose](),
  };
}

function withMirrors(error: unknown, mirrors: readonly string[]): unknown {
  if (mirrors.length === 0 || !BowspritError.is(error)) return error;
  const { code, message, details, hint, cause } = error;
  const more = { details: { ...details, mirrors }, ...(hint !== undefined && { hint }) };
  return new BowspritError(code, message, { ...more, cause });
}
