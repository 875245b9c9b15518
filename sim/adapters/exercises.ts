/**
 * Where each fault of the catalogue is shown: in which scenarios, and by which tests on the wire.
 *
 * Nobody keeps this list. Scenarios say themselves what they break; a test of faults has a table with
 * an entry for each id, which the compiler holds complete, and its tests are called `fault ID on the …`.
 */
import { HOME, readScenario, scenarioNames } from "./files.ts";

export interface Exercised {
  /** Ids of scenarios. */
  readonly scenarios: readonly string[];
  /** Test files. */
  readonly tests: readonly string[];
}

/** An entry of a test's table, and the title of a test of one fault. */
const ENTRY = /^ {2}([A-Z]\d+)(?:: |\()/gm;
const TITLE = /fault ([A-Z]\d+) on the /g;
/** What such a test is called for every entry of its table. */
const TABLE = "fault ${id} on the ";

const TESTS = ["tests/devices/", "tests/conformance/"];

/** By the fault's id. */
export async function exercised(): Promise<ReadonlyMap<string, Exercised>> {
  const found = new Map<string, { scenarios: string[]; tests: string[] }>();
  const of = (id: string) => {
    const known = found.get(id) ?? { scenarios: [], tests: [] };
    found.set(id, known);
    return known;
  };
  for (const name of await scenarioNames()) {
    const { faults = [] } = await readScenario(new URL(`scenarios/${name}.yaml`, HOME));
    for (const id of new Set(faults.map((fault) => fault.id))) of(id).scenarios.push(name);
  }
  for (const folder of TESTS) {
    for (const file of await testsIn(folder)) {
      for (const id of await idsIn(file)) of(id).tests.push(file);
    }
  }
  return found;
}

/** Nothing where the program came without its tests. */
async function testsIn(folder: string): Promise<string[]> {
  const url = new URL(folder, HOME);
  const there = await Deno.stat(url).then(() => true, () => false);
  if (!there) return [];
  const files = await Array.fromAsync(Deno.readDir(url));
  return files.map(({ name }) => name).filter((name) => name.endsWith("_test.ts")).sort()
    .map((name) => folder + name);
}

async function idsIn(file: string): Promise<ReadonlySet<string>> {
  const text = await Deno.readTextFile(new URL(file, HOME));
  const entries = text.includes(TABLE) ? [...text.matchAll(ENTRY)] : [];
  return new Set([...entries, ...text.matchAll(TITLE)].flatMap(([, id]) => id ?? []));
}
