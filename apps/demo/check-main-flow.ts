import type { Host } from "@bowsprit/sdk";
import { check } from "./check.ts";
import { tcpListeners } from "./tcp-listeners.ts";

const verbs = ["GET", "POST", "PUT", "PATCH", "HEAD", "DELETE"] as const;

/** Installs the folder of hello, uses all it has, removes it, and installs it again. */
export async function checkMainFlow(host: Host, hello: string): Promise<void> {
  const install = async (): Promise<string> => {
    const { id, engine, state } = await host.install(hello, { consent: "granted", engine: "auto" });
    return `${id} is ${state} on ${engine}`;
  };
  await check("install a folder", install);
  for (const method of verbs) {
    const body = method === "GET" || method === "HEAD" ? {} : { body: `${method} from the demo` };
    await check(`${method} through the socket`, async () => {
      const response = await host.request("hello", { method, path: "/echo", ...body });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${method} /echo was answered with ${response.status}: ${text}`);
      return `${response.status} ${text.trim() || "(no body, as it must be)"}`;
    });
  }
  await check("run the executable", async () => {
    const child = await host.exec("hello", ["hello-host", "two words", "$(not run)"]);
    const output = (await Array.fromAsync(child.stdout)).map((chunk) => Buffer.from(chunk).toString()).join("");
    const { code } = await child.exited;
    if (code !== 0) throw new Error(`the executable ended with ${code}`);
    return output.trim().replaceAll("\n", " | ");
  });
  await check("no TCP port opened by the backend", async () => {
    const { processes, address } = await host.get("hello");
    const listeners = await tcpListeners(processes.map(({ pid }) => pid));
    if (listeners.length > 0) throw new Error(`the backend listens on TCP: ${listeners.join(", ")}`);
    return `looked up for ${processes.length} process group(s); it is reached at ${address}`;
  });
  await check("remove it", async () => {
    await host.remove("hello");
    return `${(await host.list()).length} extensions are left`;
  });
  await check("install it again", install);
}
