/** `run`: what it says about a run, and what it writes. */
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { TEST_KEY } from "../../sim/adapters/options.ts";
import { again, runVerb, type RunVerbOptions } from "../../sim/adapters/run_verb.ts";
import { mutantCalled, mutated } from "../../sim/campaign/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

const USUAL: RunVerbOptions = {
  seed: 1,
  format: "text",
  cache: true,
  pinKey: TEST_KEY,
  tokenKey: TEST_KEY + TEST_KEY,
  bitmap: "hex",
  encoding: "ascii",
  speed: 1,
};

const AGAIN: readonly (readonly [string, Partial<RunVerbOptions>])[] = [
  ["", {}],
  [" --no-cache --pack theirs", { cache: false, pack: "theirs" }],
  [" --devices ws://h:1 --speed 5", { devices: "ws://h:1", speed: 5 }],
  [" --bank h:2", { bank: "h:2" }],
  [" --bank h:2", { bank: "h:2", pinFormat: "iso4" }],
  [" --bank h:2 --pin-format iso0", { bank: "h:2", pinFormat: "iso0" }],
  [
    " --bank h:2 --pin-key 0A --token-key 0B --mac-key 0C --key-block-key 0D --bitmap binary --encoding bcd",
    {
      bank: "h:2",
      pinKey: "0A",
      tokenKey: "0B",
      macKey: "0C",
      keyBlockKey: "0D",
      bitmap: "binary",
      encoding: "bcd",
    },
  ],
];

Deno.test.each(AGAIN)("run: what repeats a run ends with%s", (more, options) => {
  assert.equal(
    again("a.yaml", { ...USUAL, ...options }),
    `deno run -A main.ts run a.yaml --seed 1${more}`,
  );
});

Deno.test("run: a legacy PIN format is for a bank elsewhere, and nothing else", async () => {
  const options = { ...USUAL, pinFormat: "iso0" } as const;
  await assert.rejects(runVerb(["scenarios/returning-customer.yaml"], options), {
    name: "InputError",
    message: /^run: --pin-format: our own bank has no iso0; .* --bank host:port$/,
  });
});

const NAMES = [
  "a.yaml",
  "བོད་ཡིག/ཁ.yaml",
  "my scenario's.yaml",
  "$(echo no); `rm x` *.yaml",
  "back\\slash.yaml",
];

Deno.test("run: what repeats a run names its file as a shell takes it", {
  ignore: Deno.build.os === "windows",
}, async () => {
  const heardBy = async (shell: string, name: string) => {
    const words = again(name, USUAL).replace(/^deno run -A main\.ts run/, "printf '%s|'");
    const { stdout } = await new Deno.Command(shell, { args: ["-c", words] }).output();
    return new TextDecoder().decode(stdout);
  };
  for (const name of NAMES) {
    assert.equal(await heardBy("sh", name), `${name}|--seed|1|`);
    assert.ok(!again(name, USUAL).includes("\n"));
  }
  // What moves a cursor or turns text around is spelled; of the shells that everybody has, bash reads it.
  for (const name of ["two\nlines's.yaml", "\\n\x1b[2J.yaml"]) {
    assert.equal(await heardBy("bash", name), `${name}|--seed|1|`);
    assert.ok(!/\p{Cc}/u.test(again(name, USUAL)));
  }
  assert.equal(await heardBy("sh", "-x.yaml"), "./-x.yaml|--seed|1|");
});

Deno.test("run: two scenarios of one id are refused before one trace is written over the other", async () => {
  const folder = await Deno.makeTempDir();
  const first = fileURLToPath(
    new URL("../../scenarios/wrong-pin-three-times.yaml", import.meta.url),
  );
  const second = `${folder}/second.yaml`;
  try {
    await Deno.copyFile(first, second);
    await assert.rejects(runVerb([first, second], { ...USUAL, out: `${folder}/out` }), {
      name: "InputError",
      message: `${second}: id: is wrong-pin-three-times in ${first} too; ` +
        "give it another, or run them apart",
    });
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["second.yaml"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("run: a broken sentence fails a run whose every expectation holds", async () => {
  const plan = await planFrom("returning-customer", { expect: [{}] });
  const wrong = await runPlan(plan, mutated(CREDULOUS, mutantCalled("pays-one-more")!));
  assert.ok(wrong.expectations.every(({ ok }) => ok));
  assert.ok(wrong.findings.length > 0);
  assert.equal(wrong.ok, false);
  assert.equal((await runPlan(plan, CREDULOUS)).ok, true);
});

Deno.test("run: what a plan foresaw and did not come to be is said", async () => {
  const plan = await planFrom("wrong-pin-three-times", {
    faults: [
      { id: "D8", when: { command: "CashDispenser.Dispense", nth: 1 } },
      { id: "P3", when: { at_s: 1 } },
      { id: "D9", when: { command: "CashDispenser.Dispense", nth: 1, chance: 0.5 } },
      { id: "L5", when: { at_s: 800 } },
    ],
  });
  const { ok, missed } = await runPlan(plan, CREDULOUS);
  assert.deepEqual(missed, ["faults.0: D8 never struck", "faults.3: L5 never struck"]);
  assert.equal(ok, true);
});

Deno.test("run: a touch at a button that was not there is said", async () => {
  const deeds = [
    { at_us: 1_000, touch: "face" },
    { at_us: 2_000, touch: "withdraw" },
  ];
  const plan = await planFrom("returning-customer", { deeds });
  const { missed } = await runPlan(plan, CREDULOUS);
  assert.deepEqual(missed, [
    "deeds.1: withdraw was not on the screen, which had cancel, other_way",
  ]);
});

Deno.test("run: whom the end of a run kept away is counted", async () => {
  const { scenario } = await planFrom("returning-customer", {});
  const { at_the_machine } = scenario;
  const idle = { at_the_machine, customer: [{ wait_s: 500 }], after_s: 1 };
  const plan = await planFrom("returning-customer", { expect: [{}], visits: [idle, idle, idle] });
  const { missed } = await runPlan(plan, CREDULOUS);
  assert.deepEqual(missed, ["1 of 4 visitors never came: the run was over before"]);
});

Deno.test("run: a call to the bank that the run did not live to see is reported", async () => {
  const at_the_bank = [300, 12].map((at_s) => ({ at_s, withdraw_consent: "customer" }));
  const { missed } = await runPlan(
    await planFrom("returning-customer", { at_the_bank }),
    CREDULOUS,
  );
  assert.deepEqual(missed, ["at_the_bank.0: consent was never withdrawn: the run was over before"]);
});

/** What `run` prints of one file, and how it exits. */
async function printed(file: string, format: RunVerbOptions["format"]) {
  const { log } = console;
  const lines: string[] = [];
  try {
    console.log = (line: string) => void lines.push(line);
    const code = await runVerb([file], { ...USUAL, format });
    return { code, out: lines.join("\n") };
  } finally {
    console.log = log;
  }
}

Deno.test("run: a plan that a campaign found is run as it was found", async () => {
  const file = fileURLToPath(
    new URL("../../scenarios/regressions/books-balance-retract-credit.json", import.meta.url),
  );
  const { plan } = JSON.parse(await Deno.readTextFile(file));
  const { code, out } = await printed(file, "json");
  const { runs: [run] } = JSON.parse(out);
  assert.deepEqual([code, run.scenario, run.seed], [0, plan.scenario.id, plan.seed]);
  assert.equal(run.again, `deno run -A main.ts run ${file}`);
});

Deno.test("run: what is wrong with a plan that a campaign found is named", async () => {
  const file = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(file, JSON.stringify({ oracle: "a", plan: { schema: 2 } }));
    await assert.rejects(runVerb([file], USUAL), {
      name: "InputError",
      message: new RegExp(`^${file}: plan\\.schema: `),
    });
  } finally {
    await Deno.remove(file);
  }
});

/** What `run` prints of a scenario that expects too much, and how it exits. */
async function disappointed(format: "json" | "junit"): Promise<{ code: number; out: string }> {
  const hopeful = await Deno.makeTempFile({ suffix: ".yaml" });
  try {
    const file = new URL("../../scenarios/wrong-pin-three-times.yaml", import.meta.url);
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(hopeful, text.replace("outcome: refused", "outcome: served"));
    return await printed(hopeful, format);
  } finally {
    await Deno.remove(hopeful);
  }
}

Deno.test("run: what was not as expected fails in JSON and in JUnit, as at the terminal", async () => {
  const json = await disappointed("json");
  const { schema, runs: [run] } = JSON.parse(json.out);
  assert.deepEqual([json.code, schema, run.ok, run.findings], [1, 1, false, []]);
  const broken = run.expectations.filter(({ ok }: { ok: boolean }) => !ok);
  assert.equal(broken.length, 1);
  const junit = await disappointed("junit");
  assert.equal(junit.code, 1);
  assert.match(junit.out, /<testsuite name="atm-twin" tests="1" failures="1">/);
  assert.equal(junit.out.split("<failure ").length - 1, 1);
  assert.ok(junit.out.includes(`<failure message="${broken[0].text}"/>`), junit.out);
  assert.match(
    junit.out,
    /<system-out>again: deno run -A main\.ts run \S+\.yaml --seed 1<\/system-out><\/testcase>/,
  );
});
