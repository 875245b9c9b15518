/**
 * What the oracles find in a trace, asked again: whoever chains a trace anew can leave their lines out.
 *
 *   trace:  line ─ line ─ ORACLE ─ line … line ─ ORACLE      they read the lines, and must say the same
 *
 * What an oracle overheard on the wires is in no trace: of these the word that stands there is taken.
 */
import { InvariantError } from "../../core/assert.ts";
import { allOracles } from "../oracles/mod.ts";
import type { Plan } from "../plan/mod.ts";
import type { Trace, TraceLine } from "../trace/mod.ts";
import { Bench, oracleContextOf } from "../world/mod.ts";

interface Said {
  readonly oracle: string;
  readonly finding: string;
}

/** `line`: of the file, counted from 1, where it stands or should. */
export interface TraceFinding extends Said {
  readonly line: number;
}

export interface Judgement {
  readonly findings: readonly TraceFinding[];
  /** The first place where the trace tells something else; null: it tells these. */
  readonly wrong: { readonly line: number; readonly problem: string } | null;
}

/** What is found in a line, and what the trace tells of it before the next. */
interface Judged {
  readonly line: number;
  readonly found: Said[];
  readonly told: TraceFinding[];
}

export function judgeAgain({ header, lines }: Trace, plan: Plan): Judgement {
  const oracles = allOracles(oracleContextOf(plan, header.pinned.bank !== undefined));
  const wires = oracles.filter(({ overhears }) => overhears !== undefined).map(({ name }) => name);
  const bench = new Bench(oracles.filter(({ name }) => !wires.includes(name)));
  const overheard: TraceFinding[] = [];
  const judged: Judged[] = [{ line: 1, found: [], told: [] }];
  for (const line of lines) {
    if (line.type !== "oracle") {
      judged.push({ line: line.n + 1, found: asked(() => bench.observe(line)), told: [] });
    } else if (wires.includes(line.oracle)) overheard.push(asFinding(line));
    else judged.at(-1)?.told.push(asFinding(line));
  }
  judged.at(-1)?.found.push(...asked(() => bench.finish()));
  const findings = [...judged.flatMap(findingsOf), ...overheard];
  return { findings: findings.toSorted((a, b) => a.line - b.line), wrong: firstWrong(judged) };
}

/** A line that no machine writes may be more than an oracle can take: then that is found in it. */
function asked(oracles: () => readonly Said[]): Said[] {
  try {
    return [...oracles()];
  } catch (error) {
    const kinds = [InvariantError, RangeError, TypeError];
    if (!(error instanceof Error) || !kinds.some((kind) => error instanceof kind)) throw error;
    return [{ oracle: "readable", finding: error.message }];
  }
}

function asFinding({ n, oracle, finding }: TraceLine & { type: "oracle" }): TraceFinding {
  return { line: n + 1, oracle, finding };
}

function findingsOf({ line, found, told }: Judged): readonly TraceFinding[] {
  return found.map(({ oracle, finding }, i) => {
    return { line: told[i]?.line ?? line + i + 1, oracle, finding };
  });
}

function firstWrong(judged: readonly Judged[]): Judgement["wrong"] {
  for (const { line, found, told } of judged) {
    for (let i = 0; i < Math.max(found.length, told.length); i++) {
      const [mine, theirs] = [found[i], told[i]];
      if (mine?.oracle === theirs?.oracle && mine?.finding === theirs?.finding) continue;
      const problem = `${shown(mine)} is found here, the trace tells ${shown(theirs)}`;
      return { line: theirs?.line ?? line + i + 1, problem };
    }
  }
  return null;
}

function shown(said: Said | undefined): string {
  return said === undefined ? "nothing" : `${said.oracle} (${said.finding})`;
}
