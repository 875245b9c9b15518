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
  [" --bank h:2 --pin-key 0A --token-key 0B --mac-key 0C --bitmap binary --encoding bcd", {
    bank: "h:2",
    pinKey: "0A",
    tokenKey: "0B",
    macKey: "0C",
    bitmap: "binary",
    encoding: "bcd",
  }],
];

Deno.test.each(AGAIN)("run: what repeats a run ends with%s", (more, options) => {
  assert.equal(
    again("a.yaml", { ...USUAL, ...options }),
    `deno run -A main.ts run a.yaml --seed 1${more}`,
  );
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

/** What `run` prints of a scenario that expects too much, and how it exits. */
async function disappointed(format: "json" | "junit"): Promise<{ code: number; out: string }> {
  const hopeful = await Deno.makeTempFile({ suffix: ".yaml" });
  const { log } = console;
  const lines: string[] = [];
  try {
    const file = new URL("../../scenarios/wrong-pin-three-times.yaml", import.meta.url);
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(hopeful, text.replace("outcome: refused", "outcome: served"));
    console.log = (line: string) => void lines.push(line);
    const code = await runVerb([hopeful], { ...USUAL, format });
    return { code, out: lines.join("\n") };
  } finally {
    console.log = log;
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
});
