/**
 * How one message of an interface is described: its version and the shape of its payload.
 *
 * @module
 */
import type { z } from "zod";

export interface CommandEntry {
  /** Version of the command; its major number breaks compatibility. */
  readonly version: string;
  readonly payload: z.ZodType;
  /** The completion has a version of its own. */
  readonly completion: { readonly version: string; readonly payload: z.ZodType };
}

export interface EventEntry {
  /** `event` belongs to the command that is being carried out; `unsolicited` belongs to none. */
  readonly type: "event" | "unsolicited";
  readonly version: string;
  readonly payload: z.ZodType;
}

export type CommandTable = { readonly [name: `${string}.${string}`]: CommandEntry };
export type EventTable = { readonly [name: `${string}.${string}Event`]: EventEntry };
