/**
 * The operator: a hand with a key inside the machine.
 *
 * @module
 */
import * as z from "zod";

/** What the operator does; the order is the order of a visit. */
export const OPERATOR_DEEDS = [
  "open_door",
  "clear_jam",
  "swap_cassette",
  "empty_bins",
  "count",
  "close_door",
  "back_in_service",
] as const;

export const operatorShape = {
  does: z.enum(OPERATOR_DEEDS),
  unit: z.string().regex(/^unit[0-9A-Za-z]+$/).exactOptional()
    .describe("Which cassette is swapped; absent: the one that needs it most"),
  notes: z.number().int().min(0).max(10_000).exactOptional()
    .describe("In the new cassette; absent: as many as the machine was set up with"),
};

/** A cassette and its notes are named for a swap alone. */
export const NAMED_FOR_A_SWAP = [
  ({ does, unit, notes }: { does: string; unit?: string; notes?: number }) =>
    does === "swap_cassette" || (unit === undefined && notes === undefined),
  { message: "unit and notes are for swap_cassette", path: ["does"] as string[] },
] as const;

/** One deed of the operator's. */
export const operatorSchema = z.strictObject(operatorShape).refine(...NAMED_FOR_A_SWAP);
export type OperatorAct = z.infer<typeof operatorSchema>;
