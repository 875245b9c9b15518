/** Cores that are wrong about money. */
import { type Machine, type SessionEvent, step } from "../../../core/session/mod.ts";
import { fen } from "../../../core/units.ts";
import { command, type CommandName, type DeviceMessage } from "../../../core/xfs4iot/mod.ts";
import { type Mutant, type Turned, withEffects, withEvents, withTurns } from "./mutant.ts";

function isCommand(effect: Turned["effects"][number], name: CommandName): boolean {
  return effect.type === "device" && effect.message.header.name === name;
}

/** The dispenser failed: asks it again instead of taking the notes back. */
function dispenseAgain(turned: Turned, before: Machine): Turned {
  const { session } = before;
  if (session.name !== "dispensing" || turned.state.session.name !== "rejecting") return turned;
  const request = turned.state.request + 1;
  const message = command("CashDispenser.Dispense", request, {
    denomination: {
      denomination: { service: { currencies: { CNY: session.debit.amount / 100 }, mix: "mix1" } },
    },
  });
  return {
    state: { ...turned.state, request, session: { ...session, request } },
    effects: [
      ...turned.effects.filter((effect) => !isCommand(effect, "CashDispenser.Reject")),
      { type: "device", device: "cashdispenser", message },
    ],
  };
}

/** An approval that came after its reversal was queued is paid all the same. */
function payLate(state: Machine, event: Parameters<typeof step>[1]): Machine {
  if (event.type !== "host" || event.message.mti !== "0210") return state;
  const { 11: stan, 39: code } = event.message.fields;
  const pending = state.reversals.find(({ debit }) => debit.stan === stan);
  const { session } = state;
  if (pending === undefined || code !== "00" || session.name !== "ending") return state;
  const visit = {
    started: event.at,
    consented: false,
    capture: null,
    looks: 0,
    face_tries: 0,
    number_tries: 0,
    number: null,
    account: pending.debit.account,
    reference: null,
    face: null,
    pin_accepted: true,
    balance: null,
  };
  return { ...state, session: { name: "authorising", visit, debit: pending.debit } };
}

/** Of what was to be swallowed a part is missing, or all; it is taken for all there was. */
function partForAll(event: SessionEvent, { session }: Machine): SessionEvent {
  if (session.name !== "retracting" || event.type !== "device") return event;
  const { message } = event;
  const payload = "payload" in message ? message.payload : undefined;
  if (payload?.errorCode !== "itemsTaken" && payload?.errorCode !== "noItems") return event;
  const fit = session.debit.amount / 10_000;
  const storage = { unit1: { retracted: { typeCNY100: { fit } } } };
  const header = { ...message.header, completionCode: "success" };
  return { ...event, message: { ...message, header, payload: { storage } } as DeviceMessage };
}

/** What the session waits to be answered, by its number. */
function askedIn({ session }: Machine): string | null {
  if (session.name === "looking_up" || session.name === "checking_pin") return session.stan;
  return session.name === "authorising" ? session.debit.stan : null;
}

/** An answer to another request, told as one to this. */
function misread(event: SessionEvent, state: Machine): SessionEvent {
  const asked = askedIn(state);
  if (asked === null || event.type !== "host") return event;
  return {
    ...event,
    message: { ...event.message, fields: { ...event.message.fields, 11: asked } },
  };
}

export const CORE_MONEY: readonly Mutant[] = [
  {
    name: "forgets-reversal",
    does: "The core forgets a reversal as soon as it has one",
    parts: withTurns(step, ({ state, effects }) => ({
      state: { ...state, reversals: [] },
      effects: effects.filter((effect) =>
        !(effect.type === "host" && effect.message.mti === "0420") &&
        !(effect.type === "journal" && effect.entry.line.startsWith("reversal_"))
      ),
    })),
  },
  {
    name: "reverses-once",
    does: "The core sends a reversal once and takes it for done",
    parts: withTurns(step, ({ state, effects }) => ({
      state: {
        ...state,
        reversals: state.reversals.filter(({ copies_sent }) => copies_sent === 0),
      },
      effects,
    })),
  },
  {
    name: "never-hears-0430",
    does: "The core does not notice that a reversal was acknowledged",
    parts: {
      step: (state, event) =>
        event.type === "host" && event.message.mti === "0430"
          ? { state, effects: [] }
          : step(state, event),
    },
  },
  {
    name: "retries-dispense",
    does: "The core asks for the cash again when the dispenser failed",
    parts: withTurns(step, dispenseAgain),
  },
  {
    name: "pays-late-answer",
    does: "The core accepts an approval that came after the timeout",
    parts: { step: (state, event) => step(payLate(state, event), event) },
  },
  {
    name: "pays-when-refused",
    does: "The core takes every answer to a withdrawal for an approval",
    parts: withEvents(step, (event) =>
      event.type === "host" && event.message.mti === "0210"
        ? {
          ...event,
          message: { ...event.message, fields: { ...event.message.fields, 39: "00" } },
        }
        : event),
  },
  {
    name: "promises-return",
    does: "The screen says that money will be returned where it has to be checked",
    parts: withEffects(step, (effect) => {
      if (effect.type !== "screen" || effect.screen.page !== "sorry") return effect;
      const { screen } = effect;
      if (screen.money !== "will_be_checked") return effect;
      return { type: "screen", screen: { ...screen, money: "will_be_returned" } };
    }),
  },
  {
    name: "shows-more",
    does: "The screen says that twice the cash is ready",
    parts: withEffects(step, (effect) => {
      if (effect.type !== "screen" || effect.screen.page !== "take_cash") return effect;
      const amount = fen(2 * effect.screen.amount);
      return { type: "screen", screen: { ...effect.screen, amount } };
    }),
  },
  {
    name: "another-amount",
    does: "The core withdraws a thousand yuan where a hundred were touched",
    parts: withEvents(
      step,
      (event) =>
        event.type === "touch" && event.control === "amount_100"
          ? { ...event, control: "amount_1000" }
          : event,
    ),
  },
  {
    name: "credits-a-part",
    does: "The core has swallowed cash credited of which the customer kept a part, or all",
    parts: {
      step: (state, event) =>
        step(
          { ...state, config: { ...state.config, retract_credit: true } },
          partForAll(event, state),
        ),
    },
  },
  {
    name: "any-answer",
    does: "The core takes an answer of the bank's to another request for that to its own",
    parts: withEvents(step, misread),
  },
  {
    name: "silent-about-money",
    does: "The screen does not say what becomes of the money when something went wrong",
    parts: withEffects(step, (effect) => {
      if (effect.type !== "screen" || effect.screen.page !== "sorry") return effect;
      return { type: "screen", screen: { ...effect.screen, money: null } };
    }),
  },
  {
    name: "journal-gap",
    does: "The journal does not say that cash was presented",
    parts: withEffects(
      step,
      (effect) =>
        effect.type === "journal" && effect.entry.line === "cash_presented" ? null : effect,
    ),
  },
  {
    name: "suspect-unsaid",
    does: "The journal does not say SUSPECT when cash was swallowed",
    parts: withEffects(
      step,
      (effect) =>
        effect.type === "journal" && effect.entry.line === "cash_retracted_suspect" ? null : effect,
    ),
  },
];
