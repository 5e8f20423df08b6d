/** Runs one step and says that it went well; one that throws ends the demo. */
export async function check(what: string, run: () => Promise<string>): Promise<void> {
  console.log(`ok  ${what}: ${await run()}`);
}
