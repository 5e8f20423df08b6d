import { aptCommand, findProgram, type Lack } from "@tooling/provision";

/** Programs of others that read and write images, each also the name of its Debian package. */
export type ImageTool = "skopeo" | "umoci";

/** All of them. */
export const imageTools: readonly ImageTool[] = ["skopeo", "umoci"];

/** Whether a tool can run here: its program, or what is missing. */
export type FoundImageTool =
  | { readonly available: true; readonly program: string }
  | ({ readonly available: false } & Lack);

/** Looks for a tool in PATH; installs nothing. */
export async function findImageTool(name: ImageTool): Promise<FoundImageTool> {
  if (process.platform !== "linux") {
    const reason = `the image suites run on Linux, this is ${process.platform}`;
    return { available: false, reason, enable: "run the tests on Linux", packages: [] };
  }
  const program = await findProgram(name);
  if (program !== undefined) return { available: true, program };
  return { available: false, reason: `${name} is not installed`, enable: aptCommand([name]), packages: [name] };
}

/** Why tests with this tool cannot run here and what would change it, for `skip(reason)`; undefined when they can. */
export async function whyMissing(name: ImageTool): Promise<string | undefined> {
  const found = await findImageTool(name);
  return found.available ? undefined : `${found.reason}; to enable it: ${found.enable}`;
}
