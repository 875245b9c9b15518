/**
 * Reversals: sent as 0420, repeated as 0421 with the same original data until a 0430 acknowledges.
 *
 * The queue outlives the session. Invariant: once a reversal of a debit is queued, that debit's cash is
 * never dispensed.
 */
import { REVERSAL_ACKNOWLEDGED, type ReversalReason } from "../iso8583/mod.ts";
import { answerTo, type EventOf } from "./handler.ts";
import type { Debit, PendingReversal } from "./state.ts";
import type { Turn } from "./turn.ts";

export function queueReversal(turn: Turn, debit: Debit, reason: ReversalReason): void {
  const pending: PendingReversal = { stan: turn.nextStan(), debit, reason, copies_sent: 0 };
  turn.machine = { ...turn.machine, reversals: [...turn.machine.reversals, pending] };
  turn.journal({
    line: "reversal_queued",
    stan: pending.stan,
    amount: debit.amount,
    detail: `of ${debit.stan}: ${reason}`,
  });
  if (turn.machine.reversals.length === 1) sendOldest(turn);
}

/** Goes on where the queue stood: the oldest is sent (again) at once. */
export function sendOldest(turn: Turn): void {
  const [oldest, ...rest] = turn.machine.reversals;
  if (oldest === undefined) return;
  const { stan, debit, reason, copies_sent } = oldest;
  turn.host(copies_sent === 0 ? "0420" : "0421", stan, {
    2: debit.account,
    3: "010000",
    4: debit.amount,
    48: { reason },
    49: "156",
    90: `0200${debit.stan}${debit.sent}`,
  });
  turn.journal({
    line: "reversal_sent",
    stan,
    amount: debit.amount,
    detail: `copy ${copies_sent + 1}`,
  });
  turn.machine = {
    ...turn.machine,
    reversals: [{ ...oldest, copies_sent: copies_sent + 1 }, ...rest],
  };
  turn.timer("reversal", turn.config.reversal_repeat);
}

/** The repeat timer is the machine's, whatever session is at the front. */
export function onReversalTimer(turn: Turn): void {
  sendOldest(turn);
}

export function onReversalAnswer(turn: Turn, event: EventOf<"host">): void {
  const [oldest, ...rest] = turn.machine.reversals;
  if (oldest === undefined) return;
  const asked = { 2: oldest.debit.account, 3: "010000", 11: oldest.stan } as const;
  const code = answerTo(turn, event, "0430", asked)?.[39];
  if (code === undefined || !REVERSAL_ACKNOWLEDGED.includes(code)) return;
  turn.journal({
    line: "reversal_acknowledged",
    stan: oldest.stan,
    amount: oldest.debit.amount,
    detail: code,
  });
  turn.timer("reversal", null);
  turn.machine = { ...turn.machine, reversals: rest };
  sendOldest(turn);
}
