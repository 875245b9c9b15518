/**
 * States that hardly ever happen, and that a campaign has to have seen: one that never gets there has
 * proven nothing about them.
 */
import { POWER_FAULTS, PROGRAM_FAULTS } from "../faults/mod.ts";
import { at, type Line } from "../oracles/mod.ts";
import { undoneIn } from "../trace/mod.ts";

interface Rare {
  /** What was reached. */
  readonly name: string;
  /** A swarm of so many runs has to have been there. */
  readonly within: number;
}

/** Everything that is looked for, with the size of campaign in which it can be expected. */
export const SOMETIMES: readonly Rare[] = [
  { name: "cash taken", within: 200 },
  { name: "cash swallowed again", within: 300 },
  { name: "nobody did anything until time ran out", within: 200 },
  { name: "presentation attack refused", within: 200 },
  { name: "another face refused", within: 100 },
  { name: "twin served", within: 2_000 },
  { name: "first template kept", within: 200 },
  { name: "customer locked", within: 300 },
  { name: "locked customer came back", within: 2_000 },
  { name: "balance too low", within: 1_000 },
  { name: "bank's answer lost after the debit", within: 500 },
  { name: "request lost before the debit", within: 500 },
  { name: "bank's answer came after its reversal", within: 2_000 },
  { name: "reversal repeated", within: 300 },
  { name: "two reversals waiting", within: 5_000 },
  { name: "jam during present", within: 2_000 },
  { name: "jam during retract", within: 5_000 },
  { name: "some notes picked, then none", within: 1_000 },
  { name: "shutter jammed shut at present", within: 2_000 },
  { name: "reject bin full", within: 5_000 },
  { name: "retract bin full", within: 5_000 },
  { name: "receipt failed, cash given", within: 500 },
  { name: "receipt stuck in the printer", within: 1_000 },
  { name: "receipt stuck when the next was to be printed", within: 5_000 },
  { name: "receipt left in the slot, and taken back", within: 1_000 },
  { name: "power cut with notes on the shutter", within: 2_000 },
  { name: "power cut while notes were picked", within: 2_000 },
  { name: "power cut between debit and answer", within: 2_000 },
  { name: "template withdrawn in mid-session", within: 2_000 },
  { name: "somebody came while another's cash lay there", within: 2_000 },
  { name: "message with a wrong code refused", within: 5_000 },
  { name: "clocks an hour apart at a debit", within: 500 },
  { name: "consent withdrawn at the machine", within: 2_000 },
  { name: "operator came while somebody was served", within: 2_000 },
  { name: "operator counted the notes", within: 1_000 },
  { name: "power cut while an operator was there", within: 5_000 },
  { name: "program crashed while money was on its way", within: 2_000 },
  { name: "power cut again while it was found out what the first did", within: 5_000 },
];

/** How the journal says that a retract went well. */
const SWALLOWED = /^SUSPECT: \d+ yuan came back$/;

/** How the journal says that nothing was printed because another's paper may be in the printer. */
const NOT_PRINTED = /^not printed/;

/** The bank has said yes, and the cash is in nobody's hand yet. */
const MONEY_MOVES: readonly string[] = [
  "dispensing",
  "presenting",
  "cash_waiting",
  "retracting",
  "rejecting",
];

const [{ id: POWER_CUT }] = POWER_FAULTS;
const [{ id: CRASH }] = PROGRAM_FAULTS;

/** Nobody is being served. */
const WAITING: readonly string[] = ["idle", "out_of_service", "maintenance", "recovering"];

/** Looks at the lines of one run for what was reached in it. */
export class Sometimes {
  readonly reached = new Set<string>();
  #state = "out_of_service";
  #reversals = 0;
  /** What lies at the shutter, as the dispenser shows it. */
  #at_shutter: unknown = {};
  /** What the printer shows of its paper. */
  #paper: unknown = {};
  /** Debits that were to be undone, by their number. */
  readonly #undone = new Set<unknown>();
  /** The bank has debited, and the machine waits for its word. */
  #debit_open = false;
  #visitors = 0;
  /** Who came last when the session under way began. */
  #served = 0;
  readonly #twins: readonly boolean[];
  readonly #skew_ms: number;

  /** `twins`: of each who comes, in order, whether they are a twin; `skew_s`: of its clocks. */
  constructor(twins: readonly boolean[], skew_s: number) {
    this.#twins = twins;
    this.#skew_ms = 1_000 * Math.abs(skew_s);
  }

  observe(line: Line): void {
    switch (line.type) {
      case "state":
        this.#state = line.to;
        this.#debit_open &&= line.to === "authorising";
        return;
      case "ledger":
        this.#debit_open ||= line.entry.kind === "withdrawal" && this.#state === "authorising";
        return;
      case "journal":
        return this.#onJournal(String(line.entry.line), line.entry.detail);
      case "host":
        return this.#onHost(line);
      case "device":
        if (line.device === "cashdispenser") this.#at_shutter = at(line.state, "notes", "position");
        if (line.device === "printer") this.#onPaper(line.state);
        return;
      case "xfs":
        return line.from === "device" ? this.#onDevice(line.message) : undefined;
      case "outcome":
        return this.#onOutcome(line.outcome, line.reason);
      case "fault":
        return line.active ? this.#onFault(line.id) : undefined;
      case "customer":
        return this.#onCustomer(line.does, line.detail?.refused === undefined && line.detail?.does);
    }
  }

  get #notes_out(): boolean {
    return Object.values(this.#at_shutter ?? {}).some((notes) => Number(notes) > 0);
  }

  #reach(name: string): void {
    this.reached.add(name);
  }

  #onJournal(name: string, detail: unknown): void {
    switch (name) {
      case "session_started":
        this.#served = this.#visitors;
        return;
      case "cash_taken":
        return this.#reach("cash taken");
      case "cash_retracted_suspect":
        if (SWALLOWED.test(String(detail))) this.#reach("cash swallowed again");
        return;
      case "consent_withdrawn":
        return this.#reach("consent withdrawn at the machine");
      case "face_enrolled":
        return this.#reach("first template kept");
      case "receipt_failed":
        this.#reach("receipt failed, cash given");
        if (at(this.#paper, "inside") !== true) return;
        return this.#reach(
          NOT_PRINTED.test(String(detail))
            ? "receipt stuck when the next was to be printed"
            : "receipt stuck in the printer",
        );
      case "reversal_queued":
        this.#reversals++;
        this.#undone.add(undoneIn(detail));
        if (this.#reversals > 1) this.#reach("two reversals waiting");
        return;
      case "reversal_acknowledged":
        this.#reversals--;
        return;
      case "debit_authorised":
        if (this.#skew_ms >= 3_600_000) this.#reach("clocks an hour apart at a debit");
        return;
      case "debit_refused":
        if (detail === "51") this.#reach("balance too low");
    }
  }

  #onPaper(state: unknown): void {
    const left = (at(this.#paper, "slot") ?? null) !== null;
    const back = Number(at(state, "retracted")) > Number(at(this.#paper, "retracted"));
    if (left && back) this.#reach("receipt left in the slot, and taken back");
    this.#paper = state;
  }

  #onHost({ from, seen, message }: Extract<Line, { type: "host" }>): void {
    const mti = at(message, "mti");
    if (seen === "refused" || (seen === "lost" && at(message, "fields", "39") === "30")) {
      this.#reach("message with a wrong code refused");
    }
    if (mti === "0200" && seen === "lost") this.#reach("request lost before the debit");
    if (mti === "0421" && seen === "sent") this.#reach("reversal repeated");
    if (mti !== "0210" || from !== "bank") return;
    const approved = at(message, "fields", "39") === "00";
    if (seen === "lost" && approved) this.#reach("bank's answer lost after the debit");
    if (seen !== "received") return;
    if (approved && this.#undone.has(at(message, "fields", "11"))) {
      this.#reach("bank's answer came after its reversal");
    }
  }

  #onDevice(message: unknown): void {
    const name = at(message, "header", "name");
    if (name === "CashDispenser.IncompleteDispenseEvent") {
      this.#reach("some notes picked, then none");
    }
    if (name === "Storage.StorageErrorEvent" && at(message, "payload", "failure") === "full") {
      const retract = this.#state === "retracting";
      this.#reach(retract ? "retract bin full" : "reject bin full");
    }
    if (at(message, "header", "type") !== "completion") return;
    const code = at(message, "header", "completionCode");
    if (name === "CashManagement.Retract" && code === "hardwareError") {
      this.#reach("jam during retract");
    }
    if (name !== "CashDispenser.Present") return;
    if (code === "hardwareError") this.#reach("jam during present");
    if (at(message, "payload", "errorCode") === "shutterNotOpen") {
      this.#reach("shutter jammed shut at present");
    }
  }

  #onOutcome(outcome: string, reason: string): void {
    switch (reason) {
      case "presentation_attack":
        return this.#reach("presentation attack refused");
      case "face_not_matched":
        return this.#reach("another face refused");
      case "pin_locked":
        return this.#reach("customer locked");
      case "customer_locked":
        return this.#reach("locked customer came back");
      case "customer_timed_out":
        return this.#reach("nobody did anything until time ran out");
      default:
        if (outcome === "served" && this.#twins[this.#served - 1]) this.#reach("twin served");
    }
  }

  #onFault(id: string): void {
    const money = MONEY_MOVES.includes(this.#state) || this.#debit_open;
    if (id === CRASH && money) this.#reach("program crashed while money was on its way");
    if (id !== POWER_CUT) return;
    if (this.#notes_out) this.#reach("power cut with notes on the shutter");
    if (this.#state === "dispensing") this.#reach("power cut while notes were picked");
    if (this.#debit_open) this.#reach("power cut between debit and answer");
    if (this.#state === "maintenance") this.#reach("power cut while an operator was there");
    if (this.#state === "recovering") {
      this.#reach("power cut again while it was found out what the first did");
    }
  }

  #onCustomer(does: string, act: unknown): void {
    if (does === "arrives") {
      this.#visitors++;
      if (this.#notes_out && this.#visitors > 1) {
        this.#reach("somebody came while another's cash lay there");
      }
    }
    const served = !WAITING.includes(this.#state);
    if (does === "withdraws_consent_elsewhere" && served) {
      this.#reach("template withdrawn in mid-session");
    }
    if (does !== "operator") return;
    if (act === "open_door" && served) this.#reach("operator came while somebody was served");
    if (act === "count") this.#reach("operator counted the notes");
  }
}

/** What a campaign of this size should have reached and did not. */
export function neverReached(counts: Readonly<Record<string, number>>, runs: number): string[] {
  return SOMETIMES.filter(({ name, within }) => runs >= within && (counts[name] ?? 0) === 0)
    .map(({ name }) => name);
}
