/**
 * The permission to dispense, where the machine wants one: the dispenser's nonce travels to the bank in
 * the withdrawal, and the bank's token comes back in its approval. The core carries both and could make
 * neither.
 *
 * @module
 */
import type { Fen } from "../units.ts";
import { payloadOf } from "../xfs4iot/mod.ts";
import { authorise } from "./authorise.ts";
import { answer } from "./answers.ts";
import { completionOf, type EventOf, type Handlers, ignore } from "./handler.ts";
import type { StateOf, Visit } from "./state.ts";
import type { Turn } from "./turn.ts";

/** A dispenser that has no number at hand within this time has a fault. */
const NONCE_TIMEOUT_MS = 5_000;

/** Begins the withdrawal: with the dispenser's nonce where tokens are wanted, at once where not. */
export function withdraw(turn: Turn, visit: Visit, amount: Fen, pin_block: string): void {
  if (!turn.config.dispense_tokens) return authorise(turn, visit, amount, pin_block, null);
  const request = turn.device("cashdispenser", "Common.GetCommandNonce", {}, NONCE_TIMEOUT_MS);
  turn.go({ name: "asking_nonce", visit, request, amount, pin_block });
}

function onNonce(turn: Turn, state: StateOf<"asking_nonce">, event: EventOf<"device">): void {
  const completion = completionOf(event, state.request);
  if (completion === null) return;
  const nonce = completion.header.completionCode === "success"
    ? payloadOf(completion, "Common.GetCommandNonce", "completion").commandNonce
    : undefined;
  // Without a nonce no token could be made, so nobody is debited.
  if (nonce === undefined) return answer(turn, "cash_not_asked");
  authorise(turn, state.visit, state.amount, state.pin_block, nonce);
}

export const askingNonce: Handlers<"asking_nonce"> = {
  started: ignore,
  touch: ignore,
  device: onNonce,
  host: ignore,
  face: ignore,
  timer: ignore,
};
