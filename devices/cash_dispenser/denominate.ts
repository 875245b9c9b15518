/**
 * From a request of the wire to the notes of each cassette, or the error the standard has for it.
 *
 * @module
 */
import type { DenominateRequest, Denomination, ErrorCode } from "../../core/xfs4iot/mod.ts";
import { equalEmptying, minimumBills, type Source } from "./mix.ts";

/** The mixes this dispenser has, each with its algorithm. */
export const MIXES = {
  mix1: { algorithm: "minimumBills", name: "Minimum bills", choose: minimumBills },
  mix2: { algorithm: "equalEmptying", name: "Equal emptying", choose: equalEmptying },
} as const;

/** What bounds a bunch. */
export interface Bounds {
  readonly notes_max: number;
  readonly currency: string;
}

/** A cassette as the chooser sees it. */
export interface Choice extends Source {
  /** Whether a note can be picked from it now. */
  readonly usable: boolean;
}

export type Denominated =
  | { readonly ok: true; readonly counts: Readonly<Record<string, number>>; readonly yuan: number }
  | { readonly ok: false; readonly error: ErrorCode<"CashDispenser.Denominate"> };

type App = NonNullable<DenominateRequest["denomination"]["app"]>;
type Service = NonNullable<DenominateRequest["denomination"]["service"]>;

export function denominate(
  request: DenominateRequest,
  cassettes: readonly Choice[],
  bounds: Bounds,
): Denominated {
  const { app, service } = request.denomination;
  if ((app ?? service)?.cashBox !== undefined) return failed("noCashBoxPresent");
  if (!cassettes.some((cassette) => cassette.usable)) return failed("cashUnitError");
  if (app !== undefined) return counted(app, cassettes, bounds);
  return chosen(service ?? {}, cassettes, bounds);
}

/** What notes come to, as the wire says it. */
export function denominationOf(
  yuan: number,
  values: Readonly<Record<string, number>>,
): Denomination {
  return { currencies: { CNY: yuan }, values: { ...values } };
}

function failed(error: ErrorCode<"CashDispenser.Denominate">): Denominated {
  return { ok: false, error };
}

/** The application named the notes of each cassette. */
function counted(
  app: App,
  cassettes: readonly Choice[],
  { notes_max, currency }: Bounds,
): Denominated {
  const counts = Object.entries(app.counts ?? {}).filter(([, count]) => count > 0);
  if (Object.keys(app.currencies ?? {}).some((each) => each !== currency)) {
    return failed("invalidCurrency");
  }
  if (counts.length === 0) return failed("noCurrencyMix");
  const byUnit = new Map(cassettes.map((cassette) => [cassette.unit, cassette]));
  let yuan = 0;
  let notes = 0;
  for (const [unit, count] of counts) {
    const cassette = byUnit.get(unit);
    if (cassette === undefined) return failed("invalidDenomination");
    yuan += count * cassette.value_yuan;
    notes += count;
  }
  const asked = app.currencies?.[currency];
  if (asked !== undefined && asked !== yuan) return failed("invalidDenomination");
  if (notes > notes_max) return failed("tooManyItems");
  const lacking = counts.some(([unit, count]) => {
    const cassette = byUnit.get(unit);
    return cassette === undefined || !cassette.usable || cassette.left < count;
  });
  if (lacking) return failed("cashUnitError");
  return { ok: true, counts: Object.fromEntries(counts), yuan };
}

/** The device chooses the notes, those of `partial` among them. */
function chosen(service: Service, cassettes: readonly Choice[], bounds: Bounds): Denominated {
  const { notes_max, currency } = bounds;
  const { currencies = {}, mix, partial = {} } = service;
  if (mix === undefined || !isMix(mix)) return failed("invalidMixNumber");
  const { choose } = MIXES[mix];
  const asked = currencies[currency];
  if (asked === undefined || Object.keys(currencies).length > 1) return failed("invalidCurrency");
  const fixed = Object.keys(partial).length === 0
    ? { ok: true, counts: {}, yuan: 0 } as const
    : counted({ counts: partial }, cassettes, bounds);
  if (!fixed.ok) return fixed;
  const sources = cassettes.filter((cassette) => cassette.usable).map((cassette) => ({
    ...cassette,
    left: cassette.left - (fixed.counts[cassette.unit] ?? 0),
  }));
  const fixedNotes = Object.values(fixed.counts).reduce((sum, count) => sum + count, 0);
  const rest = asked - fixed.yuan;
  if (rest === 0 && fixedNotes > 0) return fixed;
  const more = choose(rest, sources, notes_max - fixedNotes);
  if (more === null) {
    const possible = minimumBills(rest, sources, 4 * notes_max) !== null ||
      rest > notes_max * Math.max(...cassettes.map((cassette) => cassette.value_yuan));
    return failed(possible ? "tooManyItems" : "notDispensable");
  }
  const counts: Record<string, number> = { ...fixed.counts };
  for (const [unit, count] of Object.entries(more)) counts[unit] = (counts[unit] ?? 0) + count;
  return { ok: true, counts, yuan: asked };
}

function isMix(mix: string): mix is keyof typeof MIXES {
  return mix in MIXES;
}
