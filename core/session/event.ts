/**
 * Everything the session core can be told. Time reaches it here and nowhere else.
 *
 * @module
 */
import type { FaceResult } from "../face/result.ts";
import type { Iso8583Message } from "../iso8583/mod.ts";
import type { Micros } from "../units.ts";
import type { DeviceMessage } from "../xfs4iot/mod.ts";
import type { DeviceName, TimerName } from "./effect.ts";
import type { Control } from "./screen.ts";

export type SessionEventBody =
  /** The application was started: the machine goes into service. */
  | { readonly type: "started" }
  /** Of a key that is not on the page it changes nothing; but the language may change on any page. */
  | { readonly type: "touch"; readonly control: Control }
  | { readonly type: "device"; readonly device: DeviceName; readonly message: DeviceMessage }
  | { readonly type: "host"; readonly message: Iso8583Message }
  | { readonly type: "face"; readonly result: FaceResult }
  | { readonly type: "timer"; readonly timer: TimerName };

export type SessionEvent = SessionEventBody & {
  /** Monotonic virtual time of the event. */
  readonly at: Micros;
  /** The machine's own wall clock at that moment, milliseconds since 1970 (may be skewed). */
  readonly wall_ms: number;
};
