/**
 * What can go wrong around the devices: the machine's own clock, its program, the line to its services,
 * and what judges faces.
 *
 * @module
 */
import type { FaultEntry } from "../../devices/mod.ts";

/** Of the machine's wall clock; the bank's is right. */
export const CLOCK_FAULTS = [
  {
    id: "E11",
    does: "The machine's clock jumps an hour ahead, as if somebody knew summer time",
    wire: "DE 7 and DE 12 an hour late from then on; timers and the order of things as before",
  },
  {
    id: "N15",
    does: "The machine's clock is seven minutes behind the bank's",
    wire: "DE 7 and DE 12 seven minutes early; the bank answers all the same",
  },
] as const satisfies readonly FaultEntry[];

export const FACE_FAULTS = [
  {
    id: "N16",
    does: "What judges faces does not answer",
    wire: "No answer to assess or verify; the session ends without it",
  },
] as const satisfies readonly FaultEntry[];

export const PROGRAM_FAULTS = [
  {
    id: "E10",
    does: "The machine's program crashes, and starts again from its journal; the devices run on",
    wire: "Nothing more is asked; then as after any start: GetPresentStatus, reversals repeated",
    lasts_s: 10,
  },
] as const satisfies readonly FaultEntry[];

export const SERVICES_FAULTS = [
  {
    id: "N17",
    does: "The WebSockets of all services close, and can be opened again",
    wire: "What was asked over them is canceled, and nobody hears of it; nothing else is lost",
  },
  {
    id: "N18",
    does: "The services' publisher is at another of the standard's ports than last time",
    wire: "No answer at the old port; GetServices at the next free one of 5846 to 5856",
  },
] as const satisfies readonly FaultEntry[];
