/** `faults`: the catalogue, printed from the code that does it. */
import { FAULT_CATALOGUE } from "../faults/mod.ts";
import { print } from "./terminal.ts";

export function faultsVerb(options: { readonly format: "text" | "json" }): void {
  if (options.format === "json") {
    return print(JSON.stringify({ schema: 1, faults: FAULT_CATALOGUE }, null, 2));
  }
  for (const { id, device, does, wire } of FAULT_CATALOGUE) {
    print(`${id.padEnd(4)} ${device.padEnd(14)} ${does}\n${" ".repeat(20)}wire: ${wire}`);
  }
}
