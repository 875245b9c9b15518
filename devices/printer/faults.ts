import type { FaultEntry } from "../device.ts";

export const PRINTER_FAULTS = [
  {
    id: "P2",
    does: "The roll is empty",
    wire: "Printer.PaperThresholdEvent out; paper.upper out; PrintNative paperOut",
  },
  {
    id: "P3",
    does: "Paper jams while printing, and stays jammed",
    wire: "PrintNative paperJammed; paper.upper jammed, media jammed",
  },
] as const satisfies readonly FaultEntry[];
