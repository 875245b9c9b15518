/** What the core is told of a machine profile: the same numbers, in the core's own units. */
import type { FaceRequest } from "../../core/face/mod.ts";
import type { PinFormat } from "../../core/pin/mod.ts";
import { type Micros, milliseconds, seconds, yuan } from "../../core/units.ts";
import type { SessionConfig } from "../../core/session/mod.ts";
import { type Profile, sensorsOf } from "../../devices/mod.ts";

/** DE 41 of the twin's machine. */
export const TERMINAL = "TWIN0001";
/** The key in the PIN pad that seals PIN blocks. */
export const PIN_KEY = "PINKEY";

/** Offered on the screen; anything else is typed. */
const AMOUNTS_YUAN = [100, 200, 500, 1000, 2000, 3000];

/** Exposures judged together: one frame alone decides nothing. */
const EXPOSURES = 3;

/** Unusable looks before the machine gives up: about ten seconds of instructions. */
const LOOKS_MAX = 8;

/** `first_stan`: numbers of messages begin after it. `pin_format`: in which PINs travel to the bank. */
export function sessionConfigOf(
  profile: Profile,
  first_stan = 0,
  pin_format: PinFormat = "iso4",
): SessionConfig {
  const { limits, timeouts, dispenser, network, policies } = profile;
  return {
    terminal: TERMINAL,
    first_stan,
    cameras: sensorsOf(profile.camera),
    exposures: EXPOSURES,
    look_pause: milliseconds(700),
    exposure_gap: milliseconds(timeouts.look_again_ms),
    look_again: milliseconds(900),
    looks_max: LOOKS_MAX,
    face_tries_max: limits.face_tries,
    number_tries_max: limits.number_tries,
    idle: seconds(timeouts.idle_s),
    host_timeout: seconds(network.host_timeout_s),
    hurry_after: seconds(dispenser.hurry_after_s),
    take_timeout: seconds(dispenser.take_timeout_s),
    goodbye: seconds(timeouts.goodbye_s),
    reversal_repeat: seconds(network.reversal_repeat_s),
    amounts_yuan: AMOUNTS_YUAN,
    per_withdrawal: yuan(limits.per_withdrawal_yuan),
    pin_key: PIN_KEY,
    pin_format,
    first_use: policies.first_use,
    frame_seals: policies.frame_seals === "required",
    dispense_tokens: policies.dispense_tokens === "required",
    flow: {
      first: profile.flow[0] === "number" ? "number" : "face",
      pin: profile.flow[3] === "pin" ? "after_amount" : "before_service",
    },
    tell_face_refusals: limits.face_refusals !== undefined,
    retract_credit: policies.retract_credit,
  };
}

/** What inference takes of virtual time: it runs for real, and its answer comes after this. */
export function inferenceTime({ inference }: Profile, request: FaceRequest): Micros {
  const { detect_ms, liveness_ms, embed_ms } = inference;
  if (request.op !== "assess") return milliseconds(1);
  return milliseconds(request.frames.length * (detect_ms + liveness_ms + embed_ms));
}
