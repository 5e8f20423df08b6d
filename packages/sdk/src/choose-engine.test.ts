import { describe, expect, it } from "vitest";
import { chooseEngine, type EngineQuestion } from "./choose-engine.ts";

const local: EngineQuestion = {
  id: "x",
  choice: "auto",
  hasBackend: true,
  engineOnly: [],
  detect: async () => undefined,
};
const answers = async () => ({ address: "unix:///engine.sock" });

describe("the choice of an engine", () => {
  it("is none for an extension without a backend, and nobody is asked", async () => {
    const detect = async () => expect.fail("asked");
    expect(await chooseEngine({ ...local, hasBackend: false, detect })).toMatchObject({ engine: null });
  });

  it("is local where every service has a command, and says why", async () => {
    expect(await chooseEngine(local)).toEqual({ engine: "local", reason: "no container engine answers" });
    expect(await chooseEngine({ ...local, detect: answers })).toMatchObject({
      engine: "local",
      reason: expect.stringContaining("an engine answers"),
    });
    expect(await chooseEngine({ ...local, choice: "local" })).toEqual({ engine: "local", reason: "as asked for" });
  });

  it("fails where an engine is asked for or needed, saying whether one answers", async () => {
    const needed = { ...local, engineOnly: ["db"] };
    for (const question of [{ ...local, choice: "docker" }, { ...local, choice: "docker:other" }, needed] as const) {
      await expect(chooseEngine(question)).rejects.toMatchObject({
        code: "ENGINE_UNAVAILABLE",
        hint: expect.stringContaining("docker info"),
      });
      await expect(chooseEngine({ ...question, detect: answers })).rejects.toMatchObject({ code: "UNSUPPORTED" });
    }
    await expect(chooseEngine({ ...needed, choice: "local" })).rejects.toMatchObject({
      message: expect.stringContaining("db"),
    });
  });
});
