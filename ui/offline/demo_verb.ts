/** `deno task demo [FILE]`: the whole twin in one HTML file, for a USB stick. */
import {
  HOME,
  readScenario,
  readText,
  scenarioNames,
  writableFile,
  writeWhole,
} from "../../sim/adapters/files.ts";
import { complain, printLine } from "../../sim/adapters/terminal.ts";
import { InputError } from "../../sim/plan/mod.ts";
import type { ScenarioInfo } from "../app/api.ts";
import { offlinePage } from "./page.ts";
import { twinParts } from "./twin_parts.ts";

/** @throws {InputError} when it cannot be written there, or what is there is no page */
export async function demoVerb(out: string): Promise<void> {
  await writableFile(out, "", "page");
  const page = await demoPage();
  await writeWhole(out, page);
  printLine(`${out}: ${(page.length / 1e6).toFixed(1)} MB, opens without server or network`);
}

export async function demoPage(): Promise<string> {
  return await offlinePage({
    title: "atm-twin",
    entry: "ui/offline/demo.tsx",
    json: { shelf: await shelf() },
    bytes: {},
    twin: await twinParts(),
  });
}

async function shelf(): Promise<ScenarioInfo[]> {
  const names = await scenarioNames();
  return await Promise.all(names.map(async (id) => {
    const url = new URL(`scenarios/${id}.yaml`, HOME);
    const source = await readText(url, "scenario");
    const { title, story } = await readScenario(url);
    return { id, title, story, source };
  }));
}

if (import.meta.main) {
  try {
    await demoVerb(Deno.args[0] ?? "atm-twin-demo.html");
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    complain(`atm-twin: ${error.message}`);
    Deno.exit(2);
  }
}
