/**
 * Aims: what has to break, at which phase and in which order, for a run to get near a state that faults
 * drawn one by one hardly ever reach together.
 *
 *   an aim ─► faults at phases, people who do what it takes ─► the world ─► reached, or not
 *
 * Nothing here says that a state was reached. Whether it was is read off the lines of the run, like anything
 * else; a machine that has learnt to avoid it makes its aim miss.
 */
import type { RandomStream } from "../../../core/numeric/mod.ts";
import type { Profile } from "../../../devices/mod.ts";
import type { CustomerAction, Fault, Visit } from "../../plan/mod.ts";
import { ordinaryVisit } from "./intents.ts";

type Actions = Visit["customer"];

export interface Aimed {
  readonly faults: readonly Fault[];
  /** What each visitor does, one after another, and how long after the one before they come. */
  readonly visits: readonly { readonly after_s: number; readonly customer: Actions }[];
  /** Until when things may break. */
  readonly heals_at_s: number;
  readonly machine?: (profile: Profile) => Profile;
  /** Whether an operator comes for certain. */
  readonly operated?: boolean;
}

type Aim = (stream: RandomStream) => Aimed;

const TAKES_S = 60;

/** A withdrawal up to the amount; the cash is the next thing. */
function asking(stream: RandomStream): CustomerAction[] {
  return ordinaryVisit(stream).filter((action) =>
    typeof action !== "object" || !("take" in action)
  );
}

/** Waits for the end of the session and leaves the cash where it is. */
function forgetting(stream: RandomStream): Actions {
  return [...asking(stream), { take: "receipt" }];
}

/** Does not even wait until it is there. */
function walkingAway(stream: RandomStream): Actions {
  return [...asking(stream), "leave"];
}

function once(customer: Actions): Aimed["visits"] {
  return [{ after_s: 0, customer }];
}

function several(stream: RandomStream, times: number, draw: (stream: RandomStream) => Actions) {
  return Array.from({ length: times }, () => ({
    after_s: stream.integer(0, 8),
    customer: draw(stream),
  }));
}

/** Whatever makes one withdrawal end in a reversal: number `nth` of them. */
function undone(stream: RandomStream, nth: number): Fault {
  switch (stream.integer(0, 3)) {
    case 0:
      return { id: "N4", when: { host_message: "0210", nth }, for_s: stream.integer(3, 20) };
    case 1:
      return { id: "D8", when: { command: "CashDispenser.Dispense", nth }, for_s: 15 };
    case 2:
      return { id: "D10", when: { command: "CashDispenser.Dispense", nth }, for_s: 15 };
    default:
      return { id: "E10", when: { host_message: "0210", nth } };
  }
}

/** Power or program gone at this moment, and perhaps once more while the machine looks what happened. */
function cuts(stream: RandomStream, when: Fault["when"]): Fault[] {
  const id = stream.uniform() < 0.8 ? "E3" : "E10";
  const first: Fault = { id, when, for_s: stream.integer(1, 40) };
  const again = stream.pick(
    ["CashDispenser.GetPresentStatus", "Common.Status", "CashManagement.Reset"] as const,
  );
  if (stream.uniform() < 0.7) return [first];
  const nth = again === "Common.Status" ? stream.integer(1, 12) : 1;
  return [first, { id: "E3", when: { command: again, nth }, for_s: stream.integer(1, 40) }];
}

/** One withdrawal after another undone, and no acknowledgement comes. */
function reversalsPileUp(stream: RandomStream): Aimed {
  const times = stream.integer(2, 3);
  const silence = stream.pick(["N12", "N12", "N11", "N14"] as const);
  const silent: Fault = silence === "N12"
    ? { id: silence, when: { host_message: "0430", nth: 1 }, for_s: stream.integer(60, 200) }
    : { id: silence, when: { host_message: "0420", nth: 1 }, for_s: stream.integer(5, 15) };
  return {
    faults: [silent, ...Array.from({ length: times }, (_, i) => undone(stream, i + 1))],
    visits: several(stream, times, ordinaryVisit),
    heals_at_s: stream.integer(150, 240),
    ...(silence === "N14" ? { machine: coded } : {}),
  };
}

function coded(profile: Profile): Profile {
  return { ...profile, policies: { ...profile.policies, message_mac: "required" } };
}

function jamAtPresent(stream: RandomStream): Aimed {
  const id = stream.pick(["D12", "D12", "D13", "D17", "D19", "D21"] as const);
  return {
    faults: [{ id, when: { command: "CashDispenser.Present", nth: 1 } }],
    visits: several(stream, stream.integer(1, 2), ordinaryVisit),
    heals_at_s: stream.integer(60, 120),
  };
}

/** The cash is left there, and cannot be taken back. */
function troubleAtRetract(stream: RandomStream): Aimed {
  const id = stream.pick(["D12", "D12", "D16", "D16", "D20", "D23", "D24", "D25", "D26"] as const);
  return {
    faults: [{ id, when: { command: "CashManagement.Retract", nth: 1 } }],
    visits: several(stream, stream.integer(1, 2), forgetting),
    heals_at_s: stream.integer(TAKES_S, 120),
  };
}

/** Bins so small that forgotten cash fills them. */
function binsFill(stream: RandomStream): Aimed {
  const capacity = stream.integer(1, 6);
  return {
    faults: stream.uniform() < 0.5
      ? [{ id: "D8", when: { command: "CashDispenser.Dispense", nth: 1 } }]
      : [],
    visits: several(stream, stream.integer(1, 3), forgetting),
    heals_at_s: 150,
    machine: (profile) => ({
      ...profile,
      reject_bin: { ...profile.reject_bin, capacity, high_above: capacity },
      retract_bin: { ...profile.retract_bin, capacity, high_above: capacity },
    }),
  };
}

/** The cash lies there, or is on its way; then everything is dark. */
function cutAtTheShutter(stream: RandomStream): Aimed {
  const state = stream.pick(["cash_waiting", "cash_waiting", "retracting", "presenting"] as const);
  const customer = stream.uniform() < 0.5 ? forgetting(stream) : ordinaryVisit(stream);
  return {
    faults: cuts(stream, { state, nth: 1 }),
    visits: once(state === "retracting" ? forgetting(stream) : customer),
    heals_at_s: stream.integer(90, 150),
  };
}

function cutWhilePicking(stream: RandomStream): Aimed {
  const when: Fault["when"] = stream.uniform() < 0.5
    ? { state: "dispensing", nth: 1 }
    : { command: "CashDispenser.Present", nth: 1 };
  return {
    faults: [
      ...cuts(stream, when),
      ...(stream.uniform() < 0.3
        ? [{ id: "D9", when: { command: "CashDispenser.Dispense", nth: 1 } }]
        : []),
    ],
    visits: several(stream, stream.integer(1, 2), ordinaryVisit),
    heals_at_s: stream.integer(90, 150),
  };
}

/** The bank has debited, and nobody is there to hear it. */
function cutBeforeTheAnswer(stream: RandomStream): Aimed {
  const nth = stream.integer(1, 2);
  return {
    faults: [
      ...cuts(stream, { host_message: "0210", nth }),
      ...(stream.uniform() < 0.4
        ? [{ id: "N11", when: { host_message: "0420" as const, nth: 1 }, for_s: 20 }]
        : []),
    ],
    visits: several(stream, 2, ordinaryVisit),
    heals_at_s: stream.integer(90, 180),
  };
}

/** Somebody goes before the cash is there; the next one finds it, and takes it or not. */
function othersCash(stream: RandomStream): Aimed {
  const next = stream.pick([ordinaryVisit, takesFirst, forgetting]);
  const trouble = stream.uniform();
  return {
    faults: trouble < 0.5 ? [] : [{
      id: stream.pick(["D12", "D16", "D23", "D25"] as const),
      when: { command: "CashManagement.Retract", nth: 1 },
    }],
    visits: [
      { after_s: 0, customer: walkingAway(stream) },
      { after_s: stream.integer(3, 25), customer: next(stream) },
    ],
    heals_at_s: stream.integer(90, 150),
  };
}

function takesFirst(stream: RandomStream): Actions {
  return [{ take: "cash" }, ...ordinaryVisit(stream)];
}

/** The answer comes after the machine has stopped waiting, and again, and somebody else's. */
function answersAstray(stream: RandomStream): Aimed {
  const id = stream.pick(["N5", "N5", "N6", "N7", "N9", "N13"] as const);
  return {
    faults: [
      { id, when: { host_message: "0200", nth: 1 }, for_s: stream.integer(5, 60) },
      ...(stream.uniform() < 0.4 ? [undone(stream, 2)] : []),
    ],
    visits: several(stream, 2, ordinaryVisit),
    heals_at_s: stream.integer(90, 180),
  };
}

function wrongCodes(stream: RandomStream): Aimed {
  const when = stream.pick(["0200", "0420", "0100"] as const);
  return {
    faults: [
      { id: "N14", when: { host_message: when, nth: 1 }, for_s: stream.integer(1, 30) },
      ...(when === "0420" ? [undone(stream, 1)] : []),
    ],
    visits: several(stream, 2, ordinaryVisit),
    heals_at_s: stream.integer(90, 150),
    machine: coded,
  };
}

/** An operator is at the open safe, and everything goes dark. */
function operatorInTheDark(stream: RandomStream): Aimed {
  return {
    faults: cuts(stream, { state: "maintenance", nth: 1 }),
    visits: several(stream, stream.integer(1, 2), ordinaryVisit),
    heals_at_s: stream.integer(200, 240),
    operated: true,
  };
}

/** A template is deleted, with trouble or without; whose it was comes again, and may consent anew. */
function consentTakenBack(stream: RandomStream): Aimed {
  const trouble = stream.uniform();
  return {
    faults: trouble < 0.5 ? [] : trouble < 0.75 ? cuts(stream, { state: "ending", nth: 1 }) : [{
      id: stream.pick(["N3", "N8", "N11"] as const),
      when: { host_message: "0120", nth: 1 },
      for_s: stream.integer(5, 30),
    }],
    visits: [
      { after_s: 0, customer: [...identifying(stream), "withdraw_consent"] },
      ...several(stream, stream.integer(1, 2), consenting),
    ],
    heals_at_s: stream.integer(TAKES_S, 120),
  };
}

/** Language, face, number and PIN. */
function identifying(stream: RandomStream): CustomerAction[] {
  return ordinaryVisit(stream).slice(0, 4);
}

/** Agrees to a new template when the number is known, if that is asked. */
function consenting(stream: RandomStream): Actions {
  return ordinaryVisit(stream).toSpliced(3, 0, { consent: "agree" });
}

/** The machine sees somebody else for a while, where the bank counts such faces. */
function facesRefused(stream: RandomStream): Aimed {
  const face_refusals = stream.integer(1, 3);
  return {
    faults: [{
      id: "C19",
      when: { command: "Camera.TakePicture", nth: 1 },
      for_s: stream.integer(12, 30),
    }],
    visits: several(stream, stream.integer(2, 3), ordinaryVisit),
    heals_at_s: stream.integer(TAKES_S, 120),
    machine: (profile) => ({ ...profile, limits: { ...profile.limits, face_refusals } }),
  };
}

/** A receipt does not come out, or is not taken; and somebody else is printed one. */
function paperStays(stream: RandomStream): Aimed {
  const sticks = stream.uniform() < 0.7;
  const [first, ...next] = several(stream, stream.integer(2, 3), ordinaryVisit);
  const untaken = first?.customer.filter((action) =>
    typeof action !== "object" || !("take" in action) || action.take !== "receipt"
  );
  return {
    faults: sticks
      ? [{
        id: stream.pick(["P4", "P6", "P9"] as const),
        when: { command: "Printer.PrintNative", nth: 1 },
        for_s: stream.integer(2, 30),
      }]
      : [],
    visits: [{ after_s: 0, customer: untaken ?? [] }, ...next],
    heals_at_s: stream.integer(TAKES_S, 120),
  };
}

const AIMS: readonly Aim[] = [
  reversalsPileUp,
  reversalsPileUp,
  jamAtPresent,
  troubleAtRetract,
  binsFill,
  cutAtTheShutter,
  cutWhilePicking,
  cutBeforeTheAnswer,
  othersCash,
  answersAstray,
  wrongCodes,
  operatorInTheDark,
  consentTakenBack,
  facesRefused,
  paperStays,
];

export function drawAim(stream: RandomStream): Aimed {
  return stream.pick(AIMS)(stream);
}
