/**
 * What a campaign has been through: states × events, and with which faults.
 *
 *   "dispensing · host"        an event of the bank reached the core while cash was being picked
 *   "dispensing · host · N4"   … while that was broken
 */
import { at, type Line } from "../oracles/mod.ts";
import type { Hearer } from "../world/mod.ts";

/** What can reach the core, as columns of the table. */
export const EVENTS = ["touch", "key", "device", "host", "face", "timer"] as const;
export type CoreEvent = typeof EVENTS[number];

/** How often each was met, by name. */
export type Counts = Record<string, number>;

export const SEPARATOR = " · ";

function eventOf(line: Line): CoreEvent | null {
  switch (line.type) {
    case "touch":
      return "touch";
    case "timer":
      return "timer";
    case "face_result":
      return "face";
    case "host":
      return line.from === "bank" && line.seen === "received" ? "host" : null;
    case "xfs":
      if (line.from === "core") return null;
      return at(line.message, "header", "name") === "Keyboard.KeyEvent" ? "key" : "device";
    default:
      return null;
  }
}

export class Coverage {
  /** By state, by event, by fault; the empty name counts all. Names are put together at the end. */
  readonly #met = new Map<string, Map<CoreEvent, Map<string, number>>>();
  #covered = 0;

  /** How many pairs of state and event, and triples with a fault, were met. */
  get covered(): number {
    return this.#covered;
  }

  get counts(): Counts {
    const counts: Counts = {};
    for (const [state, events] of this.#met) {
      for (const [event, faults] of events) {
        const met = state + SEPARATOR + event;
        for (const [id, times] of faults) counts[id === "" ? met : met + SEPARATOR + id] = times;
      }
    }
    return counts;
  }

  /** A run begins: hears its lines, whatever other runs go on meanwhile. */
  begin(): Hearer {
    return new RunCoverage(this);
  }

  /** An event reached the core in this state, while these were broken. */
  met(state: string, event: CoreEvent, broken: Iterable<string>): void {
    const faults = this.#faultsAt(state, event);
    this.#count(faults, "");
    for (const id of broken) this.#count(faults, id);
  }

  #faultsAt(state: string, event: CoreEvent): Map<string, number> {
    const events = this.#met.get(state) ?? new Map<CoreEvent, Map<string, number>>();
    const faults = events.get(event) ?? new Map<string, number>();
    if (events.size === 0) this.#met.set(state, events);
    if (faults.size === 0) events.set(event, faults);
    return faults;
  }

  #count(faults: Map<string, number>, id: string): void {
    const before = faults.get(id) ?? 0;
    if (before === 0) this.#covered++;
    faults.set(id, before + 1);
  }
}

/** One run's way through the states. */
class RunCoverage implements Hearer {
  readonly #coverage: Coverage;
  readonly #broken = new Set<string>();
  #state = "out_of_service";

  constructor(coverage: Coverage) {
    this.#coverage = coverage;
  }

  hear(line: Line): void {
    if (line.type === "state") this.#state = line.to;
    if (line.type === "fault") {
      if (line.active) this.#broken.add(line.id);
      else this.#broken.delete(line.id);
    }
    const event = eventOf(line);
    if (event !== null) this.#coverage.met(this.#state, event, this.#broken);
  }
}

/** The table: one row a state, one column an event; in brackets how many faults it was met with. */
export function coverageTable(counts: Counts): string {
  const met = new Map<string, { times: number; faults: number }>();
  for (const [name, times] of Object.entries(counts)) {
    const [state, event, fault] = name.split(SEPARATOR);
    const cell = `${state}${SEPARATOR}${event}`;
    const known = met.get(cell) ?? { times: 0, faults: 0 };
    met.set(
      cell,
      fault === undefined ? { ...known, times } : { ...known, faults: known.faults + 1 },
    );
  }
  const states = [...new Set([...met.keys()].map((cell) => cell.split(SEPARATOR)[0] ?? ""))].sort();
  const rows = states.map((state) => [
    state,
    ...EVENTS.map((event) => {
      const cell = met.get(`${state}${SEPARATOR}${event}`);
      return cell === undefined ? "·" : `${cell.times} (${cell.faults})`;
    }),
  ]);
  const table = [["state", ...EVENTS], ...rows];
  const widths = table[0]?.map((_, i) => Math.max(...table.map((row) => (row[i] ?? "").length)));
  return table.map((row) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths?.[i] ?? 0) : cell.padStart(widths?.[i] ?? 0))
      .join("  ")
  ).join("\n");
}
