/**
 * Looking: several synchronous exposures of the sensors that the machine has, judged together, never
 * one frame alone.
 */
import { type Channel, CHANNELS, type FrameSet, type QualityProblem } from "../face/result.ts";
import { payloadOf } from "../xfs4iot/mod.ts";
import { answer } from "./answers.ts";
import { endSession } from "./ending.ts";
import {
  completionOf,
  type EventOf,
  type Handlers,
  ignore,
  leaveByTouch,
  leaveWhenIdle,
} from "./handler.ts";
import { askNumber } from "./number.ts";
import type { StateOf, Visit } from "./state.ts";
import type { Turn } from "./turn.ts";
import { verifyReference } from "./verify.ts";

/** Asks the customer to look, gives the instruction if there is one, and starts a fresh capture. */
export function startLooking(
  turn: Turn,
  visit: Visit,
  instruction: QualityProblem | "no_match" | null,
): void {
  const capture = turn.nextCapture();
  turn.go({
    name: "capturing",
    visit: { ...visit, capture: null },
    capture,
    taken: [],
    requests: null,
    arrived: {},
    nonce: null,
  });
  turn.show({ page: "look_at_camera", instruction }, ["cancel", "other_way"]);
  turn.timer("idle", turn.config.idle);
  turn.timer("look", instruction === null ? turn.config.look_pause : turn.config.look_again);
}

function onLookTimer(turn: Turn, state: StateOf<"capturing">, event: EventOf<"timer">): void {
  if (event.timer !== "look") return leaveWhenIdle(turn, state, event);
  const nonce = turn.config.frame_seals
    ? exposureNonce(state.capture, state.taken.length, turn.event.wall_ms)
    : null;
  const requests: Partial<Record<Channel, number>> = {};
  for (const [i, camera] of turn.config.cameras.entries()) {
    const sealed = i === 0 && nonce !== null ? { camData: nonce } : {};
    requests[camera] = turn.device("camera", "Camera.TakePicture", { camera, ...sealed }, 5_000);
  }
  turn.go({ ...state, requests, arrived: {}, nonce });
}

/** What the camera seals an exposure with: never used twice, and fit for a picture's comment. */
function exposureNonce(capture: string, exposure: number, wall_ms: number): string {
  return `${capture}/${exposure}/${wall_ms}`;
}

function onPicture(turn: Turn, state: StateOf<"capturing">, event: EventOf<"device">): void {
  const { requests } = state;
  if (requests === null) return;
  const channel = CHANNELS.find((name) => completionOf(event, requests[name] ?? null) !== null);
  const completion = channel && completionOf(event, requests[channel] ?? null);
  if (!channel || !completion) return;
  const picture = completion.header.completionCode === "success"
    ? payloadOf(completion, "Camera.TakePicture", "completion").pictureFile
    : undefined;
  if (picture === undefined) return answer(turn, "camera_dead");
  const arrived: Partial<FrameSet> = { ...state.arrived, [channel]: picture };
  const { rgb } = arrived;
  const complete = turn.config.cameras.every((camera) => arrived[camera] !== undefined);
  if (rgb === undefined || !complete) return turn.go({ ...state, arrived });
  const { nonce } = state;
  onExposure(turn, state, { ...arrived, rgb, ...(nonce === null ? {} : { nonce }) });
}

function onExposure(turn: Turn, state: StateOf<"capturing">, exposure: FrameSet): void {
  // No sensor gives the same bytes twice: what is seen now is not what stands there now.
  if (state.taken.some(({ rgb }) => rgb === exposure.rgb)) return answer(turn, "camera_dead");
  const taken = [...state.taken, exposure];
  if (taken.length < turn.config.exposures) {
    turn.go({ ...state, taken, requests: null, arrived: {} });
    return turn.timer("look", turn.config.exposure_gap);
  }
  turn.go({ name: "assessing", visit: state.visit, capture: state.capture });
  turn.timer("idle", null);
  turn.show({ page: "please_wait", about: "face" }, ["cancel", "other_way"]);
  turn.face({ op: "assess", capture: state.capture, frames: taken });
}

function onAssessed(turn: Turn, state: StateOf<"assessing">, event: EventOf<"face">): void {
  const { result } = event;
  if (result.op !== "assess" || result.capture !== state.capture) return;
  turn.journal({ line: "face_assessed", detail: result.problem ?? result.verdict });
  switch (result.verdict) {
    case "presentation_attack":
      return answer(turn, "not_living");
    case "injected":
      return endSession(turn, "refused", "injected_feed");
    case "unusable": {
      const looks = state.visit.looks + 1;
      if (looks >= turn.config.looks_max) return answer(turn, "pictures_useless");
      turn.face({ op: "forget", capture: state.capture });
      return startLooking(turn, { ...state.visit, looks }, result.problem ?? "no_face");
    }
    case "live": {
      const visit = { ...state.visit, capture: state.capture };
      return visit.account === null ? askNumber(turn, visit, null) : verifyReference(turn, visit);
    }
  }
}

export const capturing: Handlers<"capturing"> = {
  started: ignore,
  touch: leaveByTouch,
  device: onPicture,
  host: ignore,
  face: ignore,
  timer: onLookTimer,
};

export const assessing: Handlers<"assessing"> = {
  started: ignore,
  touch: leaveByTouch,
  device: ignore,
  host: ignore,
  face: onAssessed,
  timer: ignore,
};
