/** Cores that are wrong about people, privacy and time. */
import type { FaceRequest } from "../../../core/face/mod.ts";
import {
  type Effect,
  type Machine,
  type SessionEvent,
  step,
  type TimerName,
} from "../../../core/session/mod.ts";
import { command } from "../../../core/xfs4iot/mod.ts";
import type { RunParts } from "../../world/mod.ts";
import { type Mutant, type Turned, withEffects, withEvents, withTurns } from "./mutant.ts";

function withoutTimer(name: TimerName): Partial<RunParts> {
  return withEffects(
    step,
    (effect) =>
      effect.type === "timer" && effect.timer === name && effect.after !== null ? null : effect,
  );
}

/** The account of the customer before, or one digit off: another's. */
function anothersReference(reference: string): string {
  const [kind, account = ""] = reference.split(":");
  const last = (Number(account.at(-1)) + 1) % 10;
  return `${kind}:${account.slice(0, -1)}${last}`;
}

/** Asks for a picture as soon as somebody steps up. */
function pictureOf(state: Machine): { state: Machine; effect: Effect } {
  const request = state.request + 1;
  const message = command("Camera.TakePicture", request, { camera: "rgb" }, 5_000);
  return {
    state: { ...state, request },
    effect: { type: "device", device: "camera", message },
  };
}

/** Whoever agrees that a template goes is thanked, and nothing else is done about it. */
function onlySaid({ state, effects }: Turned, before: Machine, event: SessionEvent): Turned {
  const agreed = before.session.name === "withdrawing_consent" && event.type === "touch" &&
    event.control === "agree";
  if (!agreed) return { state, effects };
  return {
    state: { ...state, advices: before.advices },
    effects: effects.filter((effect) =>
      !(effect.type === "journal" && effect.entry.line === "consent_withdrawn") &&
      !(effect.type === "face" && effect.request.op === "delete") &&
      !(effect.type === "host" && effect.message.mti === "0120")
    ),
  };
}

function withTries(machine: Machine, number_tries: number): Machine {
  const { session } = machine;
  if (session.name !== "entering_number") return machine;
  return { ...machine, session: { ...session, visit: { ...session.visit, number_tries } } };
}

/** A number that is none costs nothing. */
function freeOfCharge(state: Machine, event: SessionEvent): Turned {
  const { session } = state;
  if (session.name !== "entering_number") return step(state, event);
  const turned = step(withTries(state, -1), event);
  if (turned.state.session.name !== "entering_number") return step(state, event);
  return { ...turned, state: withTries(turned.state, session.visit.number_tries) };
}

/** Whether this turn brings a machine back that was out of service. */
function isBack(before: Machine, { session }: Machine): boolean {
  return before.session.name === "out_of_service" && before.session.interrupted === null &&
    session.name === "idle";
}

/** Whether the face of the session under way was another's, and was taken for the customer's. */
function isDeceived({ session }: Machine): boolean {
  const face = "visit" in session ? session.visit.face : null;
  return face !== null && face.score < face.threshold;
}

/** Another's face passes, for reading the balance only: money never moves by it. */
function forBalance(event: SessionEvent, state: Machine): SessionEvent {
  if (event.type === "face" && event.result.op === "verify" && event.result.score !== null) {
    return { ...event, result: { ...event.result, verdict: "match" } };
  }
  const withdraws = event.type === "touch" && event.control === "withdraw" && isDeceived(state);
  if (!withdraws) return event;
  return { ...event, control: state.session.name === "showing_balance" ? "cancel" : "balance" };
}

/** A core that asks nothing like this of the face engine. */
function neverAsking(op: FaceRequest["op"]): Partial<RunParts> {
  return withEffects(
    step,
    (effect) => effect.type === "face" && effect.request.op === op ? null : effect,
  );
}

type About = Machine["advices"][number]["about"];

/** A core that keeps such advices to itself. */
function untold(is: (about: About) => boolean): Partial<RunParts> {
  return withTurns(step, ({ state, effects }) => {
    const kept = state.advices.filter(({ about }) => is(about)).map(({ stan }) => stan);
    return {
      state: { ...state, advices: state.advices.filter(({ about }) => !is(about)) },
      effects: effects.filter((effect) =>
        effect.type !== "host" || !kept.includes(effect.message.fields[11] ?? "")
      ),
    };
  });
}

/** A core that thinks nothing of paper: the printer is as good as new, whatever it says. */
function neverClearing(): Partial<RunParts> {
  return withTurns(step, ({ state, effects }) => ({
    state: { ...state, paper: "none", clearing: null },
    effects: effects.filter((effect) =>
      effect.type !== "device" || effect.message.header.name !== "Printer.Reset"
    ),
  }));
}

export const CORE_SESSION: readonly Mutant[] = [
  {
    name: "wrong-template",
    does: "The core compares the face with the reference of another account",
    parts: withEffects(
      step,
      (effect) =>
        effect.type === "face" && effect.request.op === "verify"
          ? {
            type: "face",
            request: {
              ...effect.request,
              reference: anothersReference(effect.request.reference),
            },
          }
          : effect,
    ),
  },
  {
    name: "believes-any-face",
    does: "The core takes every comparison for a match",
    parts: withEvents(
      step,
      (event) =>
        event.type === "face" && event.result.op === "verify" && event.result.score !== null
          ? {
            ...event,
            result: { ...event.result, verdict: "match", score: 1 },
          }
          : event,
    ),
  },
  {
    name: "believes-any-liveness",
    does: "The core takes a presentation attack for a live face",
    parts: withEvents(step, (event) =>
      event.type === "face" && event.result.op === "assess" &&
        event.result.verdict === "presentation_attack"
        ? { ...event, result: { ...event.result, verdict: "live" } }
        : event),
  },
  {
    name: "balance-without-face",
    does: "The core shows the balance to another's face",
    parts: withEvents(step, forBalance),
  },
  {
    name: "endless-faces",
    does: "The core compares faces as often as somebody likes",
    parts: {
      step: (state, event) =>
        step({ ...state, config: { ...state.config, face_tries_max: 100 } }, event),
    },
  },
  {
    name: "endless-numbers",
    does: "The core takes numbers as often as somebody types them",
    parts: {
      step: (state, event) =>
        step({ ...state, config: { ...state.config, number_tries_max: 100 } }, event),
    },
  },
  {
    name: "malformed-numbers-free",
    does: "The core does not count numbers that are none",
    parts: { step: freeOfCharge },
  },
  {
    name: "looks-too-soon",
    does: "The camera takes a picture as soon as somebody steps up",
    parts: withTurns(step, ({ state, effects }, _before, event) => {
      const stepped = event.type === "device" && event.device === "auxiliaries" &&
        event.message.header.name === "Common.StatusChangedEvent";
      if (!stepped || state.session.name !== "idle") return { state, effects };
      const picture = pictureOf(state);
      return { state: picture.state, effects: [...effects, picture.effect] };
    }),
  },
  {
    name: "looks-on",
    does: "The camera takes one more picture while the PIN is typed",
    parts: withTurns(step, ({ state, effects }, before) => {
      const typing = state.session.name === "entering_pin" && before.session.name === "verifying";
      if (!typing) return { state, effects };
      const picture = pictureOf(state);
      return { state: picture.state, effects: [...effects, picture.effect] };
    }),
  },
  {
    name: "keeps-face-unasked",
    does: "The core keeps a template of everybody whose PIN was right",
    parts: withTurns(step, ({ state, effects }, before) => {
      const accepted = before.session.name === "checking_pin" &&
        state.session.name === "choosing_service" && "visit" in state.session;
      const visit = accepted && "visit" in state.session ? state.session.visit : null;
      if (visit === null || visit.capture === null || visit.account === null) {
        return { state, effects };
      }
      const reference = `template:${visit.account}`;
      return {
        state,
        effects: [...effects, {
          type: "face",
          request: { op: "enrol", capture: visit.capture, reference },
        }],
      };
    }),
  },
  {
    name: "captures-kept",
    does: "The core has no face forgotten when its session is over",
    parts: neverAsking("forget"),
  },
  {
    name: "template-not-deleted",
    does: "The core keeps the template of somebody who withdraws consent",
    parts: neverAsking("delete"),
  },
  {
    name: "withdrawal-only-said",
    does: "The core says that a template was deleted, and does nothing",
    parts: withTurns(step, onlySaid),
  },
  {
    name: "withdrawal-untold",
    does: "The core does not tell the bank that a template was deleted",
    parts: untold((about) => about.what === "reference" && about.reference === "none"),
  },
  {
    name: "other-faces-untold",
    does: "The core does not tell the bank of faces that were not the customer's",
    parts: untold(({ what }) => what === "face_refused"),
  },
  {
    name: "paper-left-inside",
    does: "The core never has the printer put away what stayed in it",
    parts: neverClearing(),
  },
  {
    name: "no-other-way",
    does: "No page offers the way without the face",
    parts: withEffects(step, (effect) => {
      if (effect.type !== "screen") return effect;
      const controls = effect.screen.controls.filter((control) => control !== "other_way");
      return { type: "screen", screen: { ...effect.screen, controls } };
    }),
  },
  {
    name: "pin-page-bare",
    does: "The page for the PIN has nothing to touch",
    parts: withEffects(step, (effect) => {
      if (effect.type !== "screen" || effect.screen.page !== "enter_pin") return effect;
      return { type: "screen", screen: { ...effect.screen, controls: [] } };
    }),
  },
  {
    name: "unknown-number-told",
    does: "The journal has the whole number that the bank does not know",
    parts: withTurns(step, ({ state, effects }, { session }, event) => {
      const unknown = session.name === "looking_up" && event.type === "host" &&
        event.message.fields[39] === "14";
      if (!unknown) return { state, effects };
      const detail = session.visit.number ?? "";
      return {
        state,
        effects: [...effects, { type: "journal", entry: { line: "operator_called", detail } }],
      };
    }),
  },
  {
    name: "journal-unmasked",
    does: "The journal has the customer's whole number",
    parts: withTurns(step, ({ state, effects }) => ({
      state,
      effects: effects.map((effect): Effect => {
        if (effect.type !== "journal" || effect.entry.customer === undefined) return effect;
        const number = "visit" in state.session ? state.session.visit.number : null;
        if (number === null) return effect;
        return { type: "journal", entry: { ...effect.entry, customer: number } };
      }),
    })),
  },
  {
    name: "no-idle-timer",
    does: "The core waits for ever for a customer who has left",
    parts: withoutTimer("idle"),
  },
  {
    name: "no-host-timer",
    does: "The core waits for ever for the bank",
    parts: withoutTimer("host"),
  },
  {
    name: "no-retract-timer",
    does: "The core leaves cash on the shutter for ever",
    parts: withoutTimer("retract"),
  },
  {
    name: "never-back",
    does: "A machine that was not fit stays out of service when it is again",
    parts: withTurns(step, ({ state, effects }, before, event) => {
      if (event.type !== "device" || !isBack(before, state)) return { state, effects };
      return {
        state: { ...state, session: before.session },
        effects: effects.filter(({ type }) => type !== "screen"),
      };
    }),
  },
  {
    name: "no-goodbye-timer",
    does: "The last page stays, and nobody is welcome again",
    parts: withoutTimer("goodbye"),
  },
];
