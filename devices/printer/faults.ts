/**
 * What breaks in the printer, and the error code each command ends with.
 *
 * @module
 */
import type { ErrorCode } from "../../core/xfs4iot/mod.ts";
import type { FaultEntry } from "../device.ts";
import type { FaultSet } from "../fault_set.ts";

export const PRINTER_FAULTS = [
  {
    id: "P1",
    does: "The roll is nearly empty, whatever the counter says",
    wire: "Printer.PaperThresholdEvent low; paper.upper low; everything prints",
  },
  {
    id: "P2",
    does: "The roll is empty",
    wire: "Printer.PaperThresholdEvent out; paper.upper out; PrintNative paperOut",
  },
  {
    id: "P3",
    does: "Paper jams while printing, and stays jammed",
    wire: "PrintNative, PrintForm, ControlMedia and Reset paperJammed, RetractMedia mediaJammed; " +
      "paper.upper jammed, media jammed",
  },
  {
    id: "P4",
    does: "The receipt jams, or lies askew, on its way out",
    wire: "PrintNative, ControlMedia, RetractMedia and Reset mediaJammed, PrintForm mediaSkewed; " +
      "media jammed",
  },
  {
    id: "P5",
    does: "Toner and ink are out",
    wire: "Printer.TonerThresholdEvent and InkThresholdEvent out; toner, ink out; PrintNative " +
      "tonerOut, PrintForm inkOut",
  },
  {
    id: "P6",
    does: "The shutter of the slot does not open",
    wire:
      "PrintNative, PrintForm, ControlMedia and Reset eject shutterFail; the receipt stays inside",
  },
  {
    id: "P7",
    does: "The retract bin is full",
    wire: "Printer.RetractBinThresholdEvent full; RetractMedia, Reset and whatever moves retract " +
      "retractBinFull; over a receipt in the slot PrintNative mediaRetained, PrintForm mediaRejected",
  },
  {
    id: "P8",
    does: "Nobody takes the receipt: the printer swallows it after five seconds",
    wire: "Printer.MediaAutoRetractedEvent; media retracted; ControlMedia mediaRetracted",
  },
  {
    id: "P9",
    does: "The cutter does not cut",
    wire:
      "PrintNative, PrintForm and ControlMedia flushFail, Reset and RetractMedia hardwareError; the " +
      "receipt stays inside",
  },
  {
    id: "P10",
    does: "The black mark at the receipt's end is not found",
    wire: "PrintNative, PrintForm and ControlMedia blackMark",
  },
  {
    id: "P11",
    does: "The printer's own font is damaged: text cannot be set, pictures can",
    wire: "PrintForm charSetData; PrintNative as usual",
  },
  {
    id: "P12",
    does: "The store of forms is damaged",
    wire: "GetFormList and GetMediaList empty; PrintForm mediaNotFound for an unknown medium, " +
      "fieldSpecFailure for unknown fields, else formNotFound",
  },
  {
    id: "P13",
    does: "The stacker is full",
    wire: "mediaControl stack: PrintNative, PrintForm and ControlMedia stackerFull",
  },
  {
    id: "P14",
    does: "The printer has lost track of what it was told",
    wire: "PrintNative, PrintForm and ControlMedia sequenceInvalid; RetractMedia noMediaPresent",
  },
  {
    id: "P15",
    does: "A narrower roll was put in",
    wire: "PrintNative mediaOverflow, PrintForm mediaSize",
  },
] as const satisfies readonly FaultEntry[];

export type PrinterFaultId = (typeof PRINTER_FAULTS)[number]["id"];

/** The codes of the three commands that move paper, for faults that are there when they begin. */
interface Codes {
  readonly native?: ErrorCode<"Printer.PrintNative">;
  readonly form?: ErrorCode<"Printer.PrintForm">;
  readonly control?: ErrorCode<"Printer.ControlMedia">;
}

function all(code: ErrorCode<"Printer.ControlMedia"> & ErrorCode<"Printer.PrintNative">): Codes {
  return { native: code, form: code, control: code } as Codes;
}

/** Before anything is printed. */
export const AT_THE_HEAD: readonly (readonly [PrinterFaultId, Codes])[] = [
  ["P14", all("sequenceInvalid")],
  ["P3", all("paperJammed")],
  ["P2", all("paperOut")],
  ["P5", { native: "tonerOut", form: "inkOut" }],
  ["P10", all("blackMark")],
  ["P15", { native: "mediaOverflow", form: "mediaSize" }],
];

/** When what is printed is to come out. */
export const AT_THE_SLOT: readonly (readonly [PrinterFaultId, Codes])[] = [
  ["P9", all("flushFail")],
  ["P4", { native: "mediaJammed", form: "mediaSkewed", control: "mediaJammed" }],
  ["P6", all("shutterFail")],
];

/** Why no paper moves at all; null: it does. */
export function jamOf(active: FaultSet<PrinterFaultId>): "paperJammed" | "mediaJammed" | null {
  if (active.has("P3")) return "paperJammed";
  return active.has("P4") ? "mediaJammed" : null;
}

/** Why paper that lies in the printer cannot be cleared that way; null: it can. */
export function resetProblem(
  active: FaultSet<PrinterFaultId>,
  path: { readonly inside: boolean; readonly empty: boolean },
  where: "eject" | "unit1",
): ErrorCode<"Printer.Reset"> | "hardwareError" | null {
  const jam = jamOf(active);
  if (jam !== null || path.empty) return jam;
  if (path.inside && active.has("P9")) return "hardwareError";
  if (where === "eject") return path.inside && active.has("P6") ? "shutterFail" : null;
  return active.has("P7") ? "retractBinFull" : null;
}
