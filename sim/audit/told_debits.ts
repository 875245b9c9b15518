/**
 * What a bank that is somewhere else debited, as far as the line to it tells: its books are not in the
 * trace. A withdrawal that it heard and did not answer counts as debited until its reversal is
 * acknowledged, as the machine itself takes it.
 */
import { REVERSAL_ACKNOWLEDGED } from "../../core/iso8583/mod.ts";
import type { TraceLine } from "../trace/mod.ts";

type HostLine = Extract<TraceLine, { readonly type: "host" }>;

interface Debit {
  readonly amount_fen: number;
  readonly answered: boolean;
  readonly reversed: boolean;
}

export class ToldDebits {
  /** By the STAN of the withdrawal. */
  readonly #debits = new Map<string, Debit>();
  /** From a reversal's own STAN to that of its withdrawal. */
  readonly #originals = new Map<string, string>();

  get debited_fen(): number {
    return sumOf([...this.#debits.values()]);
  }

  get reversed_fen(): number {
    return sumOf([...this.#debits.values()].filter(({ reversed }) => reversed));
  }

  see({ from, seen, message }: HostLine): void {
    // At the bank's end of the line: what came that far, and what left there.
    if (seen !== (from === "atm" ? "received" : "sent")) return;
    const fields = (message.fields ?? {}) as Readonly<Record<string, unknown>>;
    const [stan, code] = [String(fields["11"]), String(fields["39"])];
    switch (message.mti) {
      case "0200":
        return this.#asked(stan, Number(fields["4"]));
      case "0210":
        return this.#answered(stan, code === "00");
      case "0420":
      case "0421":
        // DE 90 begins with the original's MTI and STAN.
        this.#originals.set(stan, String(fields["90"]).slice(4, 10));
        return;
      case "0430":
        if (REVERSAL_ACKNOWLEDGED.includes(code)) {
          this.#undone(this.#originals.get(stan) ?? "", code);
        }
    }
  }

  #asked(stan: string, amount_fen: number): void {
    this.#debits.set(stan, { amount_fen, answered: false, reversed: false });
  }

  #answered(stan: string, approved: boolean): void {
    const debit = this.#debits.get(stan);
    if (debit === undefined) return;
    if (approved) this.#debits.set(stan, { ...debit, answered: true });
    else this.#debits.delete(stan);
  }

  /** 25 to a withdrawal that was never answered: the bank has not debited it. */
  #undone(stan: string, code: string): void {
    const debit = this.#debits.get(stan);
    if (debit === undefined) return;
    if (code === "25" && !debit.answered) this.#debits.delete(stan);
    else this.#debits.set(stan, { ...debit, reversed: true });
  }
}

function sumOf(debits: readonly Debit[]): number {
  return debits.reduce((sum, { amount_fen }) => sum + amount_fen, 0);
}
