/** Reports of campaigns: what repeats a run, and which parts are parts of one. */
import assert from "node:assert/strict";
import { againOf, printFailure } from "../../sim/adapters/campaign_failure.ts";
import { nameOfReport, readReport } from "../../sim/adapters/campaign_report.ts";
import { mergeVerb } from "../../sim/adapters/campaign_verb.ts";
import type { Pool } from "../../sim/adapters/campaign_pool.ts";
import {
  breaks,
  mergedReports,
  NO_RUNS,
  reportOf,
  type Search,
  shrunk,
  tryPlan,
} from "../../sim/campaign/mod.ts";
import { createBank } from "../../sim/bank/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

const SEARCH: Search = {
  seed: 1,
  profile: "perf",
  mutant: null,
  machine: "lhasa-shop",
  people: 2,
  from: 0,
  asked: 40,
};

function part(i: 1 | 2, other: Partial<Search> = {}) {
  const search = { ...SEARCH, ...other };
  return reportOf({ ...NO_RUNS, runs: 20 }, { search, shard: [i, 2], seconds: 1 });
}

async function inFile(text: string, use: (file: string) => Promise<void>): Promise<void> {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(file, text);
    await use(file);
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("campaign: what repeats a run names its machine and its people", () => {
  assert.equal(
    againOf({ index: 7 }, { seed: 1, profile: "swarm", machine: "lhasa-shop", people: 2 }),
    "deno run -A main.ts campaign --seed 1 --profile swarm --machine lhasa-shop --people 2 " +
      "--from 7 --runs 1",
  );
});

Deno.test("campaign: no report is written over that of another search, or another part", () => {
  const others = [
    { seed: 2 },
    { profile: "swarm" as const },
    { mutant: "pays-one-more" },
    { machine: "lhasa-lobby" },
    { people: 8 },
    { from: 40 },
    { asked: 80 },
  ];
  const reports = [part(1), part(2), ...others.map((other) => part(1, other))];
  assert.equal(nameOfReport(part(1)), "campaign-perf-1-lhasa-shop-2people-0to39-1of2");
  assert.equal(new Set(reports.map(nameOfReport)).size, reports.length);
});

Deno.test("campaign: two shards of one search are its whole", () => {
  const whole = mergedReports([part(2), part(1)]);
  assert.ok(typeof whole !== "string");
  assert.deepEqual([whole.machine, whole.people, whole.runs], ["lhasa-shop", 2, 40]);
});

function shard(i: number, of: number, runs: number, other: Partial<Search> = {}) {
  const search = { ...SEARCH, ...other };
  return reportOf({ ...NO_RUNS, runs }, { search, shard: [i, of], seconds: 1 });
}

Deno.test("campaign: a shard that was interrupted is no part of a whole", () => {
  assert.equal(
    mergedReports([shard(1, 2, 20), shard(2, 2, 3)]),
    "shard 2/2 made 3 of its 20 runs; run it once more",
  );
  assert.equal(
    mergedReports([shard(1, 1, 39)]),
    "shard 1/1 made 39 of its 40 runs; run it once more",
  );
});

Deno.test("campaign: shards whose runs cannot be divided evenly are a whole as they are", () => {
  // Of 7, 8 … 16 the first shard of four has 8, 12 and 16.
  const share = { from: 7, asked: 10 };
  const whole = mergedReports([3, 2, 2, 3].map((runs, i) => shard(i + 1, 4, runs, share)));
  assert.ok(typeof whole !== "string", String(whole));
  assert.equal(whole.runs, 10);
});

const OTHERS: readonly (readonly [keyof Search, Partial<Search>])[] = [
  ["seed", { seed: 2 }],
  ["machine", { machine: "lhasa-lobby" }],
  ["people", { people: 8 }],
  ["from", { from: 40 }],
  ["asked", { asked: 80 }],
];

Deno.test.each(OTHERS)("campaign: shards of another %s are not put together", (name, other) => {
  assert.equal(
    mergedReports([part(1), part(2, other)]),
    `they are not parts of one campaign: ${name} differs`,
  );
  assert.notEqual(part(1).report_hash, part(1, other).report_hash);
});

Deno.test("campaign: a report is read back as it was written", () =>
  inFile(JSON.stringify(part(1)), async (file) => {
    assert.deepEqual(await readReport(file), part(1));
  }));

const { machine: _machine, ...older } = part(1);
const MALFORMED = [
  ["no JSON", "{", /: is not JSON$/],
  ["no report", "{}", /: schema: .*not a campaign's report/],
  ["a report without its machine", JSON.stringify(older), /: machine: .*not a campaign's report/],
  ["failures that are none", JSON.stringify({ ...part(1), failures: 3 }), /: failures: /],
  ["the third of two shards", JSON.stringify({ ...part(1), shard: [3, 2] }), /: shard: /],
  ["a report that says less", JSON.stringify({ ...part(1), sessions: 9 }), /: report_hash: /],
] as const;

Deno.test.each(MALFORMED)(
  "campaign merge: %s is one line naming file and field",
  (_, text, line) =>
    inFile(text, async (file) => {
      await assert.rejects(mergeVerb([file], { format: "text" }), (error: Error) => {
        assert.equal(error.name, "InputError");
        assert.ok(error.message.startsWith(file) && !error.message.includes("\n"), error.message);
        assert.match(error.message, line);
        return true;
      });
    }),
);

Deno.test("campaign merge: exits 1 as soon as one shard broke a sentence", async () => {
  const plan = await planFrom("returning-customer", {});
  const failure = { oracle: "cash_conserved", sentence: "", finding: "a note", index: 21, plan };
  const tally = { ...NO_RUNS, runs: 20, failures: [failure], broken: { cash_conserved: 1 } };
  const wrong = reportOf(tally, { search: SEARCH, shard: [2, 2], seconds: 1 });
  const codes: number[] = [];
  const { log } = console;
  const merged = (second: object) =>
    inFile(JSON.stringify(part(1)), (one) =>
      inFile(JSON.stringify(second), async (two) => {
        console.log = () => {};
        try {
          codes.push(await mergeVerb([one, two], { format: "json" }));
        } finally {
          console.log = log;
        }
      }));
  await merged(part(2));
  await merged(wrong);
  assert.deepEqual(codes, [0, 1]);
});

Deno.test("campaign: what is shrunk is still the crash that it was, and can be run", async () => {
  const whole = await planFrom("consent-withdrawn-elsewhere", {});
  const { people, customer } = whole.scenario;
  const neighbour = { person: 5001, enrolled: true, balance_yuan: 8_600 };
  const at_the_bank = [{ at_s: 3, withdraw_consent: "neighbour" }];
  const scenario = { ...whole.scenario, people: { ...people, neighbour }, at_the_bank, customer };
  const broken: typeof createBank = (options) =>
    Object.assign(createBank(options), {
      withdrawConsent: () => {
        throw new Error("the bank's own mistake");
      },
    });
  const ports = { ...CREDULOUS, parts: { bank: broken } };
  const [failure] = await tryPlan({ ...whole, scenario }, ports);
  assert.ok(failure !== undefined);
  assert.equal(failure.finding, "the bank's own mistake");
  const small = await shrunk(
    { ...whole, scenario },
    whole.profile,
    (plan) => breaks(plan, ports, failure),
  );
  const again = await tryPlan(small, ports);
  assert.deepEqual(again.map(({ finding }) => finding), ["the bank's own mistake"]);
  assert.ok("neighbour" in small.scenario.people, "whose consent it is");
});

Deno.test("campaign: what is printed of a shrunk plan is what was found in that one", async () => {
  const plan = await planFrom("returning-customer", {});
  const found = { oracle: "cash_conserved", sentence: "", finding: "9 notes", index: 2, plan };
  const answer = { plan, last: [], finding: "3 notes" };
  const pool = {
    each: (_tasks: unknown, hear: (answer: unknown) => void) => Promise.resolve(hear(answer)),
  } as unknown as Pool;
  const printed: string[] = [];
  const { log } = console;
  console.log = (text: string) => void printed.push(text);
  try {
    const options = { seed: 1, profile: "swarm", machine: "lhasa-lobby", people: 2 } as const;
    await printFailure(pool, found, { ...options, format: "text" });
  } finally {
    console.log = log;
  }
  assert.match(printed.join(), /cash_conserved: 3 notes/);
});
