/** `faults`: the catalogue, printed from the code that does it, and where each fault is shown. */
import { FAULT_CATALOGUE } from "../faults/mod.ts";
import { exercised } from "./exercises.ts";
import { print } from "./terminal.ts";

export async function faultsVerb(options: { readonly format: "text" | "json" }): Promise<void> {
  const shown = await exercised();
  const faults = FAULT_CATALOGUE.map((fault) => ({
    ...fault,
    ...shown.get(fault.id) ?? { scenarios: [], tests: [] },
  }));
  if (options.format === "json") {
    return print(JSON.stringify({ schema: 1, faults }, null, 2));
  }
  const margin = " ".repeat(20);
  for (const { id, device, does, wire, scenarios, tests } of faults) {
    print(`${id.padEnd(4)} ${device.padEnd(14)} ${does}\n${margin}wire: ${wire}`);
    const where = [...scenarios.map((name) => `scenarios/${name}.yaml`), ...tests];
    print(`${margin}shown by: ${where.join(", ") || "nothing yet"}`);
  }
}
