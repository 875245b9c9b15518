/**
 * The watchdog: a device that never answers is answered for.
 *
 * A lost line, a reset or a bad program can swallow a completion for good. For every request that a
 * state waits for, a timer runs a little longer than the request's own limit; when it fires, the state
 * is told `timeOut` as if the device had said so, and goes the way it goes for every other failure.
 *
 * Entries are not watched: a person takes the time a person takes, and the idle timer is theirs.
 *
 * @module
 */
import { CHANNELS } from "../face/result.ts";
import { type Micros, seconds } from "../units.ts";
import { type CommandName, type DeviceMessage, refusal } from "../xfs4iot/mod.ts";
import type { DeviceName } from "./effect.ts";
import type { Session, SessionName } from "./state.ts";
import type { Turn } from "./turn.ts";

interface Watch {
  readonly device: DeviceName;
  readonly name: CommandName;
  readonly within: Micros;
}

function of(device: DeviceName, name: CommandName, within_s: number): Watch {
  return { device, name, within: seconds(within_s) };
}

/** What each state waits for; the limits are those of the commands, and some seconds more. */
const WATCHED: { readonly [N in SessionName]?: Watch } = {
  capturing: of("camera", "Camera.TakePicture", 7),
  sealing_pin: of("pinpad", "PinPad.GetPinBlock", 7),
  denominating: of("cashdispenser", "CashDispenser.Denominate", 7),
  asking_nonce: of("cashdispenser", "Common.GetCommandNonce", 7),
  dispensing: of("cashdispenser", "CashDispenser.Dispense", 70),
  presenting: of("cashdispenser", "CashDispenser.Present", 70),
  retracting: of("cashdispenser", "CashManagement.Retract", 70),
  rejecting: of("cashdispenser", "CashDispenser.Reject", 70),
  asking_present_status: of("cashdispenser", "CashDispenser.GetPresentStatus", 70),
  // Whatever it was that is not answered: what cannot be asked is not known.
  maintenance: of("cashdispenser", "Storage.StartExchange", 130),
  recovering: of("cashdispenser", "Common.Status", 130),
  printing: of("printer", "Printer.PrintNative", 17),
};

/** What judges faces has this long. */
const FACE_WITHIN = seconds(20);

/** The request that this state waits for, the first of several; null: it waits for nothing watched. */
function awaited(session: Session): number | string | null {
  if (session.name === "assessing" || session.name === "verifying") {
    return `${session.name} ${session.capture}`;
  }
  if (WATCHED[session.name] === undefined) return null;
  if (session.name === "capturing") {
    const { requests, arrived } = session;
    if (requests === null) return null;
    const open = CHANNELS.find((each) =>
      requests[each] !== undefined && arrived[each] === undefined
    );
    return open === undefined ? null : requests[open] ?? null;
  }
  return "request" in session ? session.request : null;
}

/** Sets the timer anew when the turn has begun to wait for something else. */
export function watch(turn: Turn, before: Session): void {
  const now = awaited(turn.machine.session);
  if (now === awaited(before)) return;
  const { session } = turn.machine;
  const within = WATCHED[session.name]?.within ?? FACE_WITHIN;
  turn.timer("device", now === null ? null : within);
}

/** What the device would have said by now; null when no device is waited for. */
export function saidNothing(
  session: Session,
): { readonly device: DeviceName; readonly message: DeviceMessage } | null {
  const request = awaited(session);
  const watched = WATCHED[session.name];
  if (typeof request !== "number" || watched === undefined) return null;
  const asked = {
    type: "command",
    name: watched.name,
    version: "2.0",
    requestId: request,
  } as const;
  const message = refusal({ header: asked }, "timeOut", "no completion came");
  return { device: watched.device, message };
}
