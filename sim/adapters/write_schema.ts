/** `deno task schema`: writes the scenarios' JSON Schema, for editors. */
import { scenarioJsonSchema } from "../plan/mod.ts";
import { HOME, writeWhole } from "./files.ts";

const file = new URL("scenarios/scenario.schema.json", HOME);
await writeWhole(file, JSON.stringify(scenarioJsonSchema(), null, 2) + "\n");
