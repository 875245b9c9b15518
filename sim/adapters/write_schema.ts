/** `deno task schema`: writes the scenarios' JSON Schema, for editors. */
import { scenarioJsonSchema } from "../plan/mod.ts";
import { HOME, writeWhole } from "./files.ts";

const path = new URL("scenarios/scenario.schema.json", HOME).pathname;
await writeWhole(path, JSON.stringify(scenarioJsonSchema(), null, 2) + "\n");
