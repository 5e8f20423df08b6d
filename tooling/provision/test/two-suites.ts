import { aptCommand, findProgram, provide, type Suite } from "@tooling/provision";

function suite(name: string, program: string): Suite {
  const packages = [program];
  return {
    name,
    title: `suite ${name}`,
    look: async () =>
      (await findProgram(program)) === undefined
        ? { reason: `${program} is missing`, enable: aptCommand(packages), packages }
        : undefined,
    prepare: async () => console.log(`${name} is prepared`),
  };
}

await provide([suite("one", "alpha"), suite("two", "beta")]);
