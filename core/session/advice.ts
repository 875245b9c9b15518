/**
 * Advices: what the machine has done and the bank must know. Sent as 0120, repeated as 0121 with the same
 * number and time until a 0130 acknowledges.
 *
 * A template kept or deleted, and a face that was not the customer's: none of them waits for the bank, and
 * none may be lost. The queue outlives the session, like the reversals'.
 */
import { ADVICE_ACKNOWLEDGED, type Fields } from "../iso8583/mod.ts";
import { answerTo, type EventOf } from "./handler.ts";
import type { PendingAdvice } from "./state.ts";
import type { Turn } from "./turn.ts";
import { referenceName } from "./verify.ts";
import { transmissionTime } from "./wall_time.ts";

/** Puts an advice at the end of the queue; it leaves at once when it is alone there. */
export function advise(turn: Turn, account: string, about: PendingAdvice["about"]): void {
  const sent = transmissionTime(turn.event.wall_ms);
  const pending = { stan: turn.nextStan(), sent, account, about, copies_sent: 0 };
  turn.machine = { ...turn.machine, advices: [...turn.machine.advices, pending] };
  if (turn.machine.advices.length === 1) sendOldestAdvice(turn);
}

/** Deletes the template of this account here and now, and tells the bank that none is kept. */
export function dropTemplate(turn: Turn, account: string): void {
  turn.face({ op: "delete", reference: referenceName("template", account) });
  const last = turn.machine.advices.findLast((advice) =>
    advice.account === account && advice.about.what === "reference"
  );
  if (last?.about.what === "reference" && last.about.reference === "none") return;
  advise(turn, account, { what: "reference", reference: "none" });
}

/**
 * Deletes the template of somebody of whom the bank knows none. That one is kept was on its way to the bank,
 * perhaps: it is true no more, and a bank that heard it would ask for what is gone.
 */
export function deleteUnknown(turn: Turn, account: string): void {
  turn.face({ op: "delete", reference: referenceName("template", account) });
  const [oldest] = turn.machine.advices;
  const advices = turn.machine.advices.filter((advice) =>
    advice.account !== account || advice.about.what !== "reference" ||
    advice.about.reference !== "template"
  );
  turn.machine = { ...turn.machine, advices };
  if (advices[0] === oldest) return;
  turn.timer("advice", null);
  sendOldestAdvice(turn);
}

function bodyOf(about: PendingAdvice["about"]): Fields {
  switch (about.what) {
    case "reference":
      return { 3: "910000", 48: { reference: about.reference } };
    case "face_refused":
      return { 3: "920000", 48: { face: about.face } };
  }
}

/** Also what the repeat timer does: it is the machine's, whatever session is at the front. */
export function sendOldestAdvice(turn: Turn): void {
  const [oldest, ...rest] = turn.machine.advices;
  if (oldest === undefined) return;
  const { stan, sent, account, about, copies_sent } = oldest;
  turn.host(copies_sent === 0 ? "0120" : "0121", stan, { 2: account, 7: sent, ...bodyOf(about) });
  const advices = [{ ...oldest, copies_sent: copies_sent + 1 }, ...rest];
  turn.machine = { ...turn.machine, advices };
  turn.timer("advice", turn.config.reversal_repeat);
}

/**
 * Whatever does not say that the bank has heard it (a switch is cut off, a message was late, spoilt or not
 * believed) leaves it in the queue: it is sent again, as a reversal is. A template that the bank never takes
 * in may not lie here: consent may have been withdrawn elsewhere.
 */
export function onAdviceAnswer(turn: Turn, event: EventOf<"host">): void {
  const [oldest, ...rest] = turn.machine.advices;
  if (oldest === undefined) return;
  const { stan, account, about } = oldest;
  const code = answerTo(turn, event, "0130", { ...bodyOf(about), 2: account, 11: stan })?.[39];
  if (code === undefined || !ADVICE_ACKNOWLEDGED.includes(code)) return;
  turn.timer("advice", null);
  turn.machine = { ...turn.machine, advices: rest };
  const taken = code === "00" || code === "94";
  if (!taken && about.what === "reference" && about.reference === "template") {
    turn.face({ op: "delete", reference: referenceName("template", account) });
  }
  sendOldestAdvice(turn);
}
