/**
 * Which notes make an amount: the mix algorithms `minimumBills`, exact, however the cassettes stand, and
 * `equalEmptying`.
 *
 * The greedy choice (largest note first) fails when notes run out: 60 yuan from one 50, no 10 and
 * three 20 is 20 + 20 + 20. So the fewest notes are found by dynamic programming over the
 * denominations: `fewest[a]` = least number of notes that make `a` with the denominations seen so
 * far. Bounded by 6 denominations × 4 000 yuan × 40 notes.
 *
 * @module
 */
import { remembered } from "../../core/remembered.ts";

/** A cassette that can be picked from. */
export interface Source {
  readonly unit: string;
  readonly value_yuan: number;
  readonly left: number;
}

const IMPOSSIBLE = 1_000_000;

/** A dispenser is asked what a wish comes to, and then for the notes; and the next one asks the same. */
const ASKED_MAX = 1_024;
type Asked = readonly [amount_yuan: number, notes_max: number, sources: readonly Source[]];
const fewestNotes = remembered(ASKED_MAX, (asked: string) => {
  const [amount_yuan, notes_max, sources]: Asked = JSON.parse(asked);
  return fewestOf(amount_yuan, sources, notes_max);
});

/** Notes by unit that make `amount_yuan` with as few notes as can be; null when none do. */
export function minimumBills(
  amount_yuan: number,
  sources: readonly Source[],
  notes_max: number,
): Record<string, number> | null {
  const bare = sources.map(({ unit, value_yuan, left }): Source => ({ unit, value_yuan, left }));
  const notes = fewestNotes(JSON.stringify([amount_yuan, notes_max, bare] satisfies Asked));
  return notes === null ? null : { ...notes };
}

function fewestOf(
  amount_yuan: number,
  sources: readonly Source[],
  notes_max: number,
): Record<string, number> | null {
  const values = [...new Set(sources.map((source) => source.value_yuan))].sort((a, b) => b - a);
  if (!Number.isInteger(amount_yuan) || amount_yuan <= 0) return null;
  if (amount_yuan > notes_max * (values[0] ?? 0)) return null;
  // Counted in what every note is a multiple of: nothing between can be made.
  const step = values.reduce(commonDivisor, 0);
  if (amount_yuan % step !== 0) return null;
  const steps = amount_yuan / step;
  const taken = values.map(() => new Int32Array(steps + 1));
  let fewest = new Int32Array(steps + 1).fill(IMPOSSIBLE);
  fewest[0] = 0;
  values.forEach((value, at) => {
    const available = sources.reduce((n, s) => n + (s.value_yuan === value ? s.left : 0), 0);
    const most = Math.min(available, notes_max);
    const choice = taken[at];
    if (choice !== undefined) fewest = withDenomination(fewest, value / step, most, choice);
  });
  if ((fewest[steps] ?? IMPOSSIBLE) > notes_max) return null;
  const byUnit: Record<string, number> = {};
  let rest = steps;
  for (let at = values.length - 1; at >= 0; at--) {
    const value = values[at] ?? 0;
    const count = taken[at]?.[rest] ?? 0;
    Object.assign(byUnit, spread(count, sources.filter((source) => source.value_yuan === value)));
    rest -= count * value / step;
  }
  return byUnit;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/** One more denomination; `choice[a]` becomes how many of it the best way to make `a` uses. */
function withDenomination(
  before: Int32Array<ArrayBuffer>,
  value: number,
  most: number,
  choice: Int32Array,
): Int32Array<ArrayBuffer> {
  const after = before.slice();
  for (let amount = value; amount < after.length; amount++) {
    for (let count = 1; count <= most && count * value <= amount; count++) {
      const notes = (before[amount - count * value] ?? IMPOSSIBLE) + count;
      if (notes >= (after[amount] ?? IMPOSSIBLE)) continue;
      after[amount] = notes;
      choice[amount] = count;
    }
  }
  return after;
}

/**
 * Divides `count` notes over cassettes of one denomination, each from the fullest: they wear alike.
 */
function spread(count: number, sources: readonly Source[]): Record<string, number> {
  const left = new Map(sources.map((source) => [source.unit, source.left]));
  const counts: Record<string, number> = {};
  for (let note = 0; note < count; note++) {
    let fullest = "";
    for (const [unit, notes] of left) {
      if (notes > (left.get(fullest) ?? 0)) fullest = unit;
    }
    left.set(fullest, (left.get(fullest) ?? 0) - 1);
    counts[fullest] = (counts[fullest] ?? 0) + 1;
  }
  return counts;
}

/**
 * Notes that make `amount_yuan`, each from the fullest cassette from which what is left can still be made:
 * the cassettes are empty at about the same time. Null where no notes make the amount.
 */
export function equalEmptying(
  amount_yuan: number,
  sources: readonly Source[],
  notes_max: number,
): Record<string, number> | null {
  if (minimumBills(amount_yuan, sources, notes_max) === null) return null;
  const counts: Record<string, number> = {};
  let left = sources;
  let rest = amount_yuan;
  for (let notes = notes_max; rest > 0; notes--) {
    const fullestFirst = left.toSorted((a, b) => b.left - a.left);
    const from = fullestFirst.find(({ unit, value_yuan, left: count }) => {
      if (count === 0 || value_yuan > rest) return false;
      return value_yuan === rest ||
        minimumBills(rest - value_yuan, less(left, unit), notes - 1) !== null;
    });
    if (from === undefined) return null;
    counts[from.unit] = (counts[from.unit] ?? 0) + 1;
    left = less(left, from.unit);
    rest -= from.value_yuan;
  }
  return counts;
}

/** These cassettes with one note less in this one. */
function less(sources: readonly Source[], unit: string): readonly Source[] {
  return sources.map((each) => each.unit === unit ? { ...each, left: each.left - 1 } : each);
}
