/** The command line as a contract: exit codes, one clear line for bad input, nothing half-written. */
import assert from "node:assert/strict";
import { HOME } from "../sim/adapters/files.ts";
import { mutantCalled, mutated } from "../sim/campaign/mod.ts";
import { planSchema } from "../sim/plan/mod.ts";
import { runPlan, type RunPorts } from "../sim/world/mod.ts";
import { inFolder } from "./in_folder.ts";
import { CREDULOUS } from "./sim/credulous.ts";

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function twin(...args: string[]): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", "main.ts", ...args],
    cwd: HOME,
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("run: two processes print the same root, and the trace verifies", () =>
  inFolder(async (folder) => {
    const args = ["run", "scenarios/wrong-pin-three-times.yaml", "--format", "json", "--seed", "9"];
    const [one, two] = await Promise.all([twin(...args, "--out", folder), twin(...args)]);
    assert.equal(one.code, 0, one.err);
    const [first] = JSON.parse(one.out).runs;
    const [second] = JSON.parse(two.out).runs;
    assert.equal(first.root, second.root);
    assert.equal(first.outcome, "refused");
    assert.ok(first.session_ms > 0 && first.session_ms < first.virtual_ms);
    const proof = await twin("verify", first.trace);
    assert.equal(proof.code, 0, proof.out);
    const text = await Deno.readTextFile(first.trace);
    await Deno.writeTextFile(first.trace, text.replace("session_started", "session_Started"));
    const refusal = await twin("verify", first.trace);
    assert.equal(refusal.code, 1);
    assert.match(refusal.out, /line \d+/);
  }));

Deno.test("run: a promise that is not kept exits 1 and says which", () =>
  inFolder(async (folder) => {
    const text = await Deno.readTextFile(new URL("scenarios/wrong-pin-three-times.yaml", HOME));
    const file = `${folder}/hopeful.yaml`;
    await Deno.writeTextFile(file, text.replace("outcome: refused", "outcome: served"));
    const { code, out } = await twin("run", file);
    assert.equal(code, 1);
    assert.match(out, /✗ the outcome is served, but it was refused/);
  }));

const GOOD = await Deno.readTextFile(new URL("scenarios/returning-customer.yaml", HOME));

Deno.test.each([
  ["not YAML", GOOD.replace("people:", "people: ]"), /line \d+/],
  ["an alias for nothing", GOOD.replace("person: 42", "person: *nobody"), /line \d+.*\*nobody/],
  ["an unknown field", GOOD + "weather: fine\n", /weather/],
  ["an unknown person", GOOD.replace("person: 42", "person: 100000"), /people\.customer\.person/],
  ["nobody of that name", GOOD.replace("is: customer", "is: ghost"), /at_the_machine\.is.*ghost/],
  ["an unknown machine", GOOD.replace("lhasa-lobby", "no-such-machine"), /machine.*lhasa-lobby/],
  ["an unknown fault", GOOD + "faults: [{ id: Z9, when: { at_s: 1 } }]\n", /faults\.0\.id.*Z9/],
  ["a key that is misspelled", GOOD.replace("people:", "peple:"), /"peple"/],
  ["an empty file", "", /is empty/],
  ["an action that is none", GOOD.replace("show_face", "show_feet"), /customer/],
])("run: %s is one line naming file and field, exit 2", async (_name, text, pattern) => {
  await inFolder(async (folder) => {
    const file = `${folder}/bad.yaml`;
    await Deno.writeTextFile(file, text);
    const { code, out, err } = await twin("run", file, "--out", `${folder}/out`);
    assert.equal(code, 2, err);
    assert.equal(out, "");
    assert.equal(err.trim().split("\n").length, 1, err);
    assert.match(err, pattern);
    assert.ok(err.includes("bad.yaml"), err);
    assert.deepEqual(filesIn(folder), ["bad.yaml"], "nothing was written");
  });
});

Deno.test("run: a file that is not there is named", async () => {
  const { code, err } = await twin("run", "scenarios/nowhere.yaml");
  assert.equal(code, 2);
  assert.match(err, /scenarios\/nowhere\.yaml.*does not exist/);
});

Deno.test("run: a folder that cannot be written to is found before any work", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const { code, err } = await twin(
      "run",
      "scenarios/returning-customer.yaml",
      "--out",
      `${folder}/file/under`,
    );
    assert.equal(code, 2);
    assert.match(err, /--out/);
    assert.deepEqual(filesIn(folder), ["file"]);
  }));

Deno.test("report: a folder that is not there is said to be", () =>
  inFolder(async (folder) => {
    const trace = "tests/fixtures/sample.trace.jsonl";
    const written = await twin("report", trace, "--out", `${folder}/none/visit.html`);
    assert.equal(written.code, 2, written.err);
    assert.match(
      written.err,
      /visit\.html: --out: cannot write: its folder does not exist; make it first/,
    );
  }));

Deno.test("camera: writes pictures with their ground truth", () =>
  inFolder(async (folder) => {
    const { code, err } = await twin("camera", "--person", "7", "--shots", "2", "--out", folder);
    assert.equal(code, 0, err);
    assert.deepEqual(filesIn(folder), [
      "coco.json",
      "depth-000.png",
      "depth-001.png",
      "nir-000.png",
      "nir-001.png",
      "rgb-000.png",
      "rgb-001.png",
      "shots.json",
    ]);
    const shots = JSON.parse(await Deno.readTextFile(`${folder}/shots.json`));
    assert.equal(shots.length, 2);
    assert.equal(shots[0].landmarks.length, 5);
    assert.equal(shots[0].person, 7);
  }));

Deno.test("camera: an unknown person is bad input", async () => {
  const { code, err } = await twin("camera", "--person", "100000", "--out", "/tmp/never-made");
  assert.equal(code, 2);
  assert.match(err, /--person/);
});

const SMALL_SEARCH = [
  ...["campaign", "--profile", "perf", "--people", "2", "--workers", "1", "--runs", "8"],
  ...["--format", "json", "--out"],
];

Deno.test("campaign: exits 0 where no sentence is broken, and says so in one document", () =>
  inFolder(async (folder) => {
    const { code, out } = await twin(...SMALL_SEARCH, folder);
    assert.equal(code, 0);
    const { runs, failures } = JSON.parse(out);
    assert.deepEqual([runs, failures], [8, []]);
    const name = "campaign-perf-1-lhasa-lobby-2people-0to7";
    assert.deepEqual(filesIn(folder).toSorted(), [`${name}.json`, `${name}.txt`]);
  }));

Deno.test("campaign: exits 1 where a sentence is broken, and leaves a plan that breaks it again", () =>
  inFolder(async (folder) => {
    const { code, out } = await twin(...SMALL_SEARCH, folder, "--mutant", "pays-one-more");
    assert.equal(code, 1);
    assert.ok(JSON.parse(out).failures.length > 0);
    const kept = filesIn(folder).find((name) => name.startsWith("cash-accounted-"));
    assert.ok(kept);
    const { oracle, plan } = JSON.parse(await Deno.readTextFile(`${folder}/${kept}`));
    const mutant = mutantCalled("pays-one-more");
    assert.ok(mutant);
    const replayed = async (ports: RunPorts) => {
      const { findings } = await runPlan(planSchema.parse(plan), ports);
      return findings.map((finding) => finding.oracle);
    };
    assert.deepEqual(await replayed(CREDULOUS), []);
    assert.deepEqual(await replayed(mutated(CREDULOUS, mutant)), [oracle]);
  }));

Deno.test("campaign: all mutants are not divided into shards", async () => {
  const { code, err } = await twin("campaign", "--mutant", "all", "--shard", "1/2", "--runs", "1");
  assert.equal(code, 2);
  assert.match(err, /^atm-twin: campaign: --shard: [^\n]*\n$/);
});

Deno.test("campaign merge: it has no options of a search, and its format may stand anywhere", async () => {
  const ways = [
    ["merge", "a.json", "--out", "merged"],
    ["merge", "--runs", "4", "a.json"],
    ["--seed", "2", "merge", "a.json"],
  ];
  for (const way of ways) {
    const { code, err } = await twin("campaign", ...way);
    assert.equal(code, 2);
    assert.match(err, /^error: unknown option '--(out|runs|seed)' [^\n]*\n$/);
  }
  for (
    const way of [["merge", "a.json", "--format", "json"], ["--format", "json", "merge", "a.json"]]
  ) {
    assert.match(
      (await twin("campaign", ...way)).err,
      /^atm-twin: a\.json: cannot read this report/,
    );
  }
});

Deno.test("command line: help and version are everywhere, and an unknown verb is bad input", async () => {
  assert.equal((await twin("--version")).code, 0);
  assert.equal((await twin("run", "--help")).code, 0);
  assert.equal((await twin("juggle")).code, 2);
  const { code, err } = await twin("run", "x.yaml", "--sed", "1");
  assert.equal(code, 2);
  assert.match(err, /^error: unknown option '--sed' \(Did you mean --seed\?\)[^\n]*\n$/);
});

Deno.test("command line: an empty name is no place to write to", async () => {
  const ways = [
    ["camera", "--person", "100000", "--out", ""],
    ["run", "nowhere.yaml", "--out", ""],
    ["models", "evaluate", "--pack", "no/such", "--report", ""],
  ];
  for (const { code, err } of await Promise.all(ways.map((way) => twin(...way)))) {
    assert.equal(code, 2);
    assert.match(err, /^error: option '--(out|report) <.*>' .* It must not be empty\./);
  }
});

Deno.test("serve: a port in use is one line and bad input", () =>
  inFolder(async (folder) => {
    const taken = Deno.listen({ port: 0, hostname: "127.0.0.1" });
    try {
      const port = String(taken.addr.port);
      const { code, err } = await twin("serve", "--port", port, "--data", `${folder}/data`);
      assert.equal(code, 2, err);
      assert.equal(err.trim().split("\n").length, 1, err);
      assert.match(err, new RegExp(`--port: port ${port} is in use`));
    } finally {
      taken.close();
    }
  }));

Deno.test("evidence: a key that is none, and a bundle for a trace, are bad input, not forgeries", () =>
  inFolder(async (folder) => {
    const [key, bundle] = [`${folder}/auditor.key`, `${folder}/visit.zip`];
    assert.equal((await twin("evidence", "keys", "--out", key)).code, 0);
    const trace = "tests/fixtures/sample.trace.jsonl";
    assert.equal((await twin("evidence", "pack", trace, "--key", key, "--out", bundle)).code, 0);
    assert.equal((await twin("evidence", "check", bundle, "--key", `${key}.pub`)).code, 0);
    const asked = [
      [
        ["evidence", "check", bundle, "--key", key],
        /auditor\.key: --key: is no Ed25519 public key/,
      ],
      [["report", bundle, "--out", `${folder}/visit.html`], /visit\.zip: is a bundle/],
      [["reconcile", bundle], /visit\.zip: is a bundle/],
    ] as const;
    for (const [args, said] of asked) {
      const { code, err } = await twin(...args);
      assert.equal(code, 2, err);
      assert.match(err, said);
      assert.equal(err.trim().split("\n").length, 1, err);
    }
  }));

/** Takes no byte: a disk that is full. */
const FULL = "/dev/full";

Deno.test("command line: a full disk is one line and bad input, not a promise that is not kept", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  for (const args of [["faults"], ["--version"], ["run", "--help"]]) {
    assert.deepEqual(await toFull(1, ...args), {
      code: 2,
      err: "atm-twin: stdout: cannot write: No space left on device\n",
    });
  }
});

Deno.test("command line: bad input exits 2 though nothing can be said about it", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  for (const args of [["verify", "nowhere.jsonl"], ["juggle"], ["evidence"]]) {
    assert.deepEqual(await toFull(2, ...args), { code: 2, err: "" }, args.join(" "));
  }
});

Deno.test("evidence keys: a full disk leaves no part of a key that is in the way of the next", {
  ignore: Deno.build.os !== "linux",
}, () =>
  inFolder(async (folder) => {
    const key = `${folder}/auditor.key`;
    const twin = [Deno.execPath(), "run", "-A", "--no-check", "--quiet", "main.ts"];
    const keys = [...twin, "evidence", "keys", "--out", key];
    // The system lets no file of this process grow, and says it by an error alone.
    const { code, stderr } = await new Deno.Command("sh", {
      args: ["-c", `trap "" XFSZ; ulimit -f 0; exec "$0" "$@"`, ...keys],
      cwd: HOME,
    }).output();
    assert.equal(code, 2);
    assert.match(new TextDecoder().decode(stderr), /auditor\.key: --out: cannot write: [^\n]+\n$/);
    assert.deepEqual(filesIn(folder), []);
  }));

const LONG = [
  "campaign --people 2 --workers 1 --runs 1000000",
  "campaign --people 2 --workers 1 --mutant all",
  "models evaluate --people 1000 --workers 1",
];

Deno.test.each(LONG)("command line: Ctrl-C ends %s, and it says what was not done", {
  ignore: Deno.build.os === "windows",
}, async (command) => {
  for (let wait_ms = 2_000; wait_ms < 60_000; wait_ms *= 2) {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--quiet", "main.ts", ...command.split(" ")],
      cwd: HOME,
      stdout: "null",
      stderr: "piped",
    }).spawn();
    await new Promise((resolve) => setTimeout(resolve, wait_ms));
    child.kill("SIGINT");
    const { code, signal, stderr } = await child.output();
    if (signal !== null) continue; // It had not begun yet to listen.
    assert.equal(code, 130);
    return assert.match(new TextDecoder().decode(stderr), /^interrupted: [^\n]+\n$/);
  }
  assert.fail("it never listens");
});

/** A command whose stdout (1) or stderr (2) goes to a full disk. */
async function toFull(stream: 1 | 2, ...args: string[]): Promise<Pick<Ended, "code" | "err">> {
  const twin = [Deno.execPath(), "run", "-A", "--no-check", "--quiet", "main.ts", ...args];
  const { code, stderr } = await new Deno.Command("sh", {
    args: ["-c", `"$0" "$@" ${stream}> ${FULL}`, ...twin],
    cwd: HOME,
    env: { NO_COLOR: "1" },
  }).output();
  return { code, err: new TextDecoder().decode(stderr) };
}
