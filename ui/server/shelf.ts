/** The scenarios that everybody finds there. @module */
import { HOME, parseYaml, readText, scenarioNames } from "../../sim/adapters/files.ts";
import { scenarioOf } from "../../sim/plan/mod.ts";
import type { ScenarioInfo } from "./ports.ts";

/** Every scenario that comes with the program. */
export async function shelf(): Promise<ScenarioInfo[]> {
  return await Promise.all((await scenarioNames()).map(async (name) => {
    const file = `scenarios/${name}.yaml`;
    const source = await readText(new URL(file, HOME), "scenario");
    const { id, title, story } = scenarioOf(parseYaml(source, file), file);
    return { id, title, story, source };
  }));
}
