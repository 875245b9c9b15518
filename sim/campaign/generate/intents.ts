/** What somebody means to do at the machine, and how it goes wrong in their hands. */
import type { RandomStream } from "../../../core/numeric/mod.ts";
import type { Profile } from "../../../devices/mod.ts";
import type { CustomerAction } from "../../plan/mod.ts";

/** A phone number as there are, and nobody's. */
const WELL_FORMED = "16600000000";

type Actions = CustomerAction[];

/** Offered on the screen, typed, not payable with these notes, above a limit. */
const AMOUNTS_YUAN = [100, 200, 500, 1000, 2000, 3000, 150, 730, 60, 55, 5, 2990, 3010, 9000];

const ORDINARY_YUAN = [100, 200, 500, 1000] as const;

/** The visit of somebody who knows what they want: one withdrawal, no mistake. */
export function ordinaryVisit(stream: RandomStream): Actions {
  return [
    { language: stream.pick(["bo", "zh", "en"] as const) },
    "show_face",
    { enter: stream.pick(["id", "phone"] as const) },
    { pin: "correct" },
    { choose: "withdraw" },
    { amount_yuan: stream.pick(ORDINARY_YUAN) },
    { take: "cash" },
    { take: "receipt" },
  ];
}

/** The same, but now and then the cash is left lying there. */
export function withdrawal(stream: RandomStream): Actions {
  const visit = ordinaryVisit(stream);
  const forgets = stream.uniform() < 0.2;
  return forgets
    ? visit.filter((action) =>
      !(typeof action === "object" && "take" in action && action.take === "cash")
    )
    : visit;
}

/** Somebody who tries PINs, and goes before the machine has had enough of them; or does not. */
export function guessingVisit(stream: RandomStream): Actions {
  const guesses: Actions = Array.from({ length: stream.integer(1, 3) }, () => ({ pin: "wrong" }));
  return ["show_face", { enter: stream.pick(["id", "phone"] as const) }, ...guesses, "cancel"];
}

/** Any visit: an intent, its steps, and mistakes. */
export function drawVisit(
  stream: RandomStream,
  knows: "pin" | "number",
  enrolled: boolean,
): Actions {
  const arrives = arrival(stream, enrolled);
  // Somebody without a template is asked after the number, unless they have agreed before.
  const asked = !enrolled && arrives.length === 1;
  const actions = [
    ...(stream.uniform() < 0.4 ? [{ language: stream.pick(["bo", "zh", "en"] as const) }] : []),
    ...arrives,
    ...number(stream, asked),
    ...pins(stream, knows),
    ...service(stream),
  ];
  return disturbed(stream, actions);
}

function arrival(stream: RandomStream, enrolled: boolean): Actions {
  const dice = stream.uniform() * (enrolled ? 1 : 0.2);
  if (dice < 0.06) return ["first_use", { consent: "agree" }, "show_face"];
  if (dice < 0.07) return ["first_use", { consent: "decline" }];
  if (dice < 0.08) return ["other_way"];
  return ["show_face"];
}

function number(stream: RandomStream, asked: boolean): Actions {
  const right: CustomerAction = { enter: stream.pick(["id", "phone"] as const) };
  const agree: CustomerAction[] = asked ? [{ consent: "agree" }] : [];
  const dice = stream.uniform();
  if (dice < 0.86) return [right, ...agree];
  if (dice < 0.93) return [{ enter: "12345" }, right, ...agree];
  if (dice < 0.96) return [{ enter: "26000000001" }, right, ...agree];
  const wrong = [WELL_FORMED, WELL_FORMED, WELL_FORMED, "1"] as const;
  const tries = stream.integer(3, 6);
  return Array.from({ length: tries }, () => ({ enter: stream.pick(wrong) }));
}

function pins(stream: RandomStream, knows: "pin" | "number"): Actions {
  const dice = stream.uniform();
  if (knows === "number") {
    const guesses = stream.integer(1, 4);
    return Array.from({ length: guesses }, () => ({ pin: "wrong" }));
  }
  if (dice < 0.84) return [{ pin: "correct" }];
  if (dice < 0.92) return [{ pin: "wrong" }, { pin: "correct" }];
  if (dice < 0.95) return [{ pin: "wrong" }, { pin: "wrong" }, { pin: "correct" }];
  if (dice < 0.98) return [{ pin: "wrong" }, { pin: "wrong" }, { pin: "wrong" }];
  return [{ pin: "wrong" }, { pin: "wrong" }, "cancel"];
}

function service(stream: RandomStream): Actions {
  const dice = stream.uniform();
  if (dice < 0.02) return ["withdraw_consent"];
  if (dice < 0.08) return [{ choose: "balance" }, "cancel"];
  const first: Actions = dice < 0.2
    ? [{ choose: "balance" }, { choose: "withdraw" }]
    : [{ choose: "withdraw" }];
  const tries = stream.uniform() < 0.15 ? 2 : 1;
  const amounts = Array.from({ length: tries }, () => ({
    amount_yuan: stream.uniform() < 0.7 ? stream.pick(ORDINARY_YUAN) : stream.pick(AMOUNTS_YUAN),
  }));
  const takes: Actions = [];
  if (stream.uniform() < 0.88) takes.push({ take: "cash" });
  if (stream.uniform() < 0.7) takes.push({ take: "receipt" });
  return [...first, ...amounts, ...takes];
}

/** The same deeds in the order in which a machine of this flow asks for them. */
export function inOrderOf(flow: Profile["flow"], actions: readonly CustomerAction[]): Actions {
  const [first, , third] = flow;
  const ordered = first === "number" ? numberFirst(actions) : [...actions];
  return third === "service" ? amountFirst(ordered) : ordered;
}

function does(action: CustomerAction | undefined, key: string): boolean {
  return typeof action === "object" && key in action;
}

/** The first number comes before the face. */
function numberFirst(actions: readonly CustomerAction[]): Actions {
  const face = actions.indexOf("show_face");
  const entry = actions.findIndex((action) => does(action, "enter"));
  if (face < 0 || entry < face) return [...actions];
  return [
    ...actions.slice(0, face),
    ...actions.slice(entry, entry + 1),
    ...actions.slice(face, entry),
    ...actions.slice(entry + 1),
  ];
}

/** PINs come after the first amount, as far as one is wanted. */
function amountFirst(actions: readonly CustomerAction[]): Actions {
  const isPin = (action: CustomerAction) => does(action, "pin");
  const others = actions.filter((action) => !isPin(action));
  const amount = others.findIndex((action) => does(action, "amount_yuan"));
  return others.toSpliced(amount < 0 ? others.length : amount + 1, 0, ...actions.filter(isPin));
}

/** Hesitation, a change of mind, walking away: at any point. */
function disturbed(stream: RandomStream, actions: Actions): Actions {
  if (stream.uniform() < 0.72) return actions;
  const at = stream.integer(1, actions.length);
  const rest = actions.slice(at);
  const before = actions.slice(0, at);
  switch (stream.integer(0, 5)) {
    case 0:
      return [...before, "leave"];
    case 1:
      return [...before, "cancel"];
    case 2:
      return [...before, "other_way"];
    case 3:
      return [...before, { wait_s: stream.integer(26, 40) }, ...rest];
    case 4:
      return [...before, { wait_s: stream.integer(1, 12) }, ...rest];
    default:
      return [...before, ...rest.slice(1)];
  }
}
