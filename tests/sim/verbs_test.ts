/** What scripts depend on: each verb's exit code, and the one JSON document that it prints. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { unzipSync, zipSync } from "fflate";
import { diffVerb } from "../../sim/adapters/diff_verb.ts";
import {
  evidenceCheckVerb,
  evidenceKeysVerb,
  evidencePackVerb,
  evidenceProveVerb,
} from "../../sim/adapters/evidence_verb.ts";
import { readManifest, SHIPPED_MODELS } from "../../sim/adapters/models.ts";
import { modelsListVerb, modelsVerifyVerb } from "../../sim/adapters/models_verb.ts";
import { reconcileVerb } from "../../sim/adapters/reconcile_verb.ts";
import { verifyVerb } from "../../sim/adapters/verify_verb.ts";
import { readTrace, type Trace } from "../../sim/trace/mod.ts";
import { pinnedOf } from "../../sim/world/mod.ts";
import { reportVerb } from "../../ui/offline/report_verb.ts";
import { forged, unchanged } from "./damages.ts";
import { inFolder } from "../in_folder.ts";
import { heard } from "./heard.ts";

const SAMPLE = fileURLToPath(new URL("../fixtures/sample.trace.jsonl", import.meta.url));
const { trace } = readTrace(Deno.readTextFileSync(SAMPLE)) as { trace: Trace };
const JSON_FORMAT = { format: "json" } as const;

/** The same, where it prints one JSON document and nothing else. */
async function told<T>(verb: () => Promise<T>) {
  const { code, out } = await heard(verb);
  return { code, said: JSON.parse(out) };
}

Deno.test("diff: exits 0 where two runs are the same and 1 where they part, at which line", () =>
  inFolder(async (folder) => {
    const other = `${folder}/other.trace.jsonl`;
    await Deno.writeTextFile(
      other,
      forged(trace, (body) => body.type === "outcome" ? { ...body, reason: "other" } : body),
    );
    const same = await told(() => diffVerb([SAMPLE, SAMPLE], JSON_FORMAT));
    assert.deepEqual([same.code, same.said.schema, same.said.same], [0, 1, true]);
    const parted = await told(() => diffVerb([SAMPLE, other], JSON_FORMAT));
    const at = trace.lines.findIndex(({ type }) => type === "outcome") + 2;
    assert.deepEqual([parted.code, parted.said.same, parted.said.line], [1, false, at]);
    assert.equal((await heard(() => diffVerb([SAMPLE, other], { format: "text" }))).code, 1);
  }));

Deno.test("reconcile: exits 1 as soon as one machine has a difference that nobody explains", () =>
  inFolder(async (folder) => {
    const silent = `${folder}/silent.trace.jsonl`;
    await Deno.writeTextFile(
      silent,
      forged(
        trace,
        (body) =>
          body.type === "journal" && body.entry.line === "cash_taken"
            ? { ...body, entry: { ...body.entry, line: "receipt_printed" } }
            : body,
      ),
    );
    const good = await told(() => reconcileVerb([SAMPLE], JSON_FORMAT));
    assert.deepEqual([good.code, good.said.traces[0].explained], [0, true]);
    const { code, said } = await told(() => reconcileVerb([SAMPLE, silent], JSON_FORMAT));
    assert.deepEqual(
      [code, said.schema, said.traces.map(({ file }: { file: string }) => file)],
      [1, 1, [SAMPLE, silent]],
    );
    assert.deepEqual(said.traces.map(({ explained }: { explained: boolean }) => explained), [
      true,
      false,
    ]);
  }));

Deno.test("evidence: a forged bundle and a forged proof exit 1, and say which check refused", () =>
  inFolder(async (folder) => {
    const { key, bundle } = await packed(folder);
    const proof = `${folder}/proof.json`;
    await heard(() => evidenceProveVerb(bundle, { event: 5, out: proof }));
    const check = (file: string, pem = `${key}.pub`) =>
      told(() => evidenceCheckVerb(file, { key: pem, ...JSON_FORMAT }));
    for (const file of [bundle, proof]) {
      const { code, said } = await check(file);
      assert.deepEqual([code, said.ok, said.schema], [0, true, 1], file);
    }
    await heard(() => evidenceKeysVerb({ out: `${folder}/another` }));
    const foreign = await check(bundle, `${folder}/another.pub`);
    assert.deepEqual([foreign.code, foreign.said.ok, foreign.said.checks[0].name], [
      1,
      false,
      "signature",
    ]);
    const shown = JSON.parse(await Deno.readTextFile(proof));
    await Deno.writeTextFile(proof, JSON.stringify({ ...shown, line: shown.line + " " }));
    const { code, said } = await check(proof);
    assert.equal(code, 1);
    assert.equal(said.checks.at(-1).name, "inclusion");
    const { out } = await heard(() => evidenceCheckVerb(proof, { format: "text" }));
    assert.match(out, /proof\.json is refused$/);
  }));

Deno.test("evidence check: a proof that says a line twice is refused, whichever is the right one", () =>
  inFolder(async (folder) => {
    const { bundle } = await packed(folder);
    const proof = `${folder}/proof.json`;
    await heard(() => evidenceProveVerb(bundle, { event: 5, out: proof }));
    const text = await Deno.readTextFile(proof);
    const { line } = JSON.parse(text);
    const another = `"line": ${JSON.stringify(line.replace('"n":5', '"n":6'))},`;
    const spelled = text.replace('"line"', String.raw`"l\u0069ne"`);
    for (const lied of [text, spelled].map((text) => text.replace("{", `{${another}`))) {
      await Deno.writeTextFile(proof, lied);
      const { code, said } = await told(() => evidenceCheckVerb(proof, JSON_FORMAT));
      assert.equal(code, 1);
      assert.deepEqual(said.checks, [
        { name: "inclusion", ok: false, evidence: "this is no proof: it says line twice" },
      ]);
    }
    // As another program writes the same: nothing twice, though texts hold quotes and braces.
    await Deno.writeTextFile(proof, JSON.stringify(JSON.parse(text), null, "\t"));
    const { code } = await told(() => evidenceCheckVerb(proof, JSON_FORMAT));
    assert.equal(code, 0);
  }));

/** A bundle of the sample, signed by a key of its own, and the files in it. */
async function packed(folder: string) {
  const [key, bundle] = [`${folder}/key`, `${folder}/visit.zip`] as const;
  await heard(() => evidenceKeysVerb({ out: key }));
  await heard(() => evidencePackVerb([SAMPLE], { key, out: bundle }));
  return { key, bundle, files: unzipSync(await Deno.readFile(bundle)) };
}

Deno.test("evidence prove: of a bundle that is not as it was signed nothing is proven", () =>
  inFolder(async (folder) => {
    const { bundle, files } = await packed(folder);
    const [name] = Object.keys(files).filter((path) => path.startsWith("traces/"));
    const rows = new TextDecoder().decode(files[name!]).split("\n");
    const swapped = rows.with(5, rows[6]!).with(6, rows[5]!).join("\n");
    const other = new TextEncoder().encode(swapped);
    await Deno.writeFile(bundle, zipSync({ ...files, [name!]: other }));
    const out = `${folder}/one.json`;
    await assert.rejects(evidenceProveVerb(bundle, { event: 5, out }), {
      name: "InputError",
      message: /inclusion: this line is not event 5 .*; see: evidence check$/,
    });
    await assert.rejects(Deno.stat(out));
  }));

Deno.test("evidence: neither key nor trace nor bundle is written over by what is made of it", () =>
  inFolder(async (folder) => {
    const { key, bundle } = await packed(folder);
    const [one, other] = [`${folder}/a.trace.jsonl`, `${folder}/b.trace.jsonl`];
    for (const file of [one, other]) await Deno.copyFile(SAMPLE, file);
    const asked = [
      [key, () => evidencePackVerb([one], { key, out: key })],
      [one, () => evidencePackVerb([other], { key, out: one })],
      [bundle, () => evidenceProveVerb(bundle, { event: 5, out: bundle })],
      [one, () => reportVerb(one, { out: one })],
    ] as const;
    for (const [file, verb] of asked) {
      const before = await Deno.readFile(file);
      await assert.rejects(heard(async () => void await verb()), {
        name: "InputError",
        message: new RegExp(`^${file}: --out: .*; name another$`),
      });
      assert.deepEqual(await Deno.readFile(file), before);
    }
  }));

Deno.test("evidence: what a file says of itself is read as text, and is no line of ours", () =>
  inFolder(async (folder) => {
    const { bundle, files } = await packed(folder);
    const loud = "\x1b[2J\nvisit.zip holds\u202e";
    await Deno.writeFile(bundle, zipSync({ ...files, [loud]: new Uint8Array(1) }));
    const trace_file = `${folder}/loud.trace.jsonl`;
    await Deno.writeTextFile(
      trace_file,
      forged(trace, unchanged, { ...trace.header.pinned, renderer: loud }),
    );
    const { out } = await heard(async () => {
      assert.equal(await evidenceCheckVerb(bundle, { format: "text" }), 1);
      assert.equal(await verifyVerb(trace_file, { remote: false, format: "text" }), 1);
    });
    assert.match(out, /files: \\u001b\[2J\\u000avisit\.zip holds\\u202e is new/);
    assert.match(out, /renderer is \d+, was \\u001b\[2J\\u000avisit\.zip holds\\u202e/);
    assert.ok(!/\p{Cc}|\u202e/u.test(out.replaceAll("\n", "")), out);
    assert.ok(!out.split("\n").includes("visit.zip holds"), out);
  }));

Deno.test("verbs: of a file's name no part is a line of ours", {
  ignore: Deno.build.os === "windows",
}, () =>
  inFolder(async (folder) => {
    const named = (name: string) => `${folder}/${name}\n✓ all is well`;
    const [key, bundle, file] = [named("key"), named("zip"), named("trace")];
    await Deno.copyFile(SAMPLE, file);
    const { out } = await heard(async () => {
      await evidenceKeysVerb({ out: key });
      await evidencePackVerb([file], { key, out: bundle });
      await evidenceCheckVerb(bundle, { format: "text" });
      await verifyVerb(file, { remote: false, format: "text" });
      await reconcileVerb([file], { format: "text" });
    });
    assert.ok(out.split("trace\\u000a✓ all is well").length > 2, out);
    assert.ok(!out.split("\n").some((line) => line.startsWith("✓ all is well")), out);
  }));

Deno.test("evidence keys: a key is its owner's alone, and is never written over", () =>
  inFolder(async (folder) => {
    const out = `${folder}/auditor.key`;
    await heard(() => evidenceKeysVerb({ out }));
    const before = await Deno.readTextFile(out);
    if (Deno.build.os !== "windows") {
      assert.equal((await Deno.stat(out)).mode! & 0o777, 0o600);
    }
    await assert.rejects(heard(() => evidenceKeysVerb({ out })), {
      name: "InputError",
      message: `${out}: --out: is there already: a key is never written over`,
    });
    assert.equal(await Deno.readTextFile(out), before);
  }));

Deno.test("evidence keys: a public half that is there stays, and no private one is left alone", () =>
  inFolder(async (folder) => {
    const out = `${folder}/auditor.key`;
    await Deno.writeTextFile(`${out}.pub`, "of a key in the safe");
    await assert.rejects(heard(() => evidenceKeysVerb({ out })), {
      name: "InputError",
      message: `${out}.pub: --out: is there already: a key is never written over`,
    });
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["auditor.key.pub"]);
    assert.equal(await Deno.readTextFile(`${out}.pub`), "of a key in the safe");
    await assert.rejects(heard(() => evidenceKeysVerb({ out: `${folder}/no/auditor.key` })), {
      message: `${folder}/no/auditor.key: --out: cannot write: its folder does not exist; ` +
        "make it first",
    });
  }));

Deno.test("models: verify exits 1 where one is not what the manifest says, and names it", () =>
  inFolder(async (folder) => {
    for await (const { name, isFile } of Deno.readDir(SHIPPED_MODELS)) {
      if (isFile) await Deno.copyFile(new URL(name, SHIPPED_MODELS), `${folder}/${name}`);
    }
    const copy = new URL(`file://${folder}/`);
    assert.equal((await heard(() => modelsVerifyVerb(copy))).code, 0);
    const { said } = await told(() => modelsListVerb(JSON_FORMAT));
    const file = `${folder}/${said.embedder.file}`;
    const bytes = await Deno.readFile(file);
    await Deno.writeFile(file, bytes.with(1_000, bytes[1_000]! ^ 1));
    const { code, out } = await heard(() => modelsVerifyVerb(copy));
    assert.equal(code, 1);
    assert.equal(out.split("\n").filter((line) => line.startsWith("✗ embedder:")).length, 1, out);
  }));

Deno.test("verify: a run before somebody else's bank is not said to be on their devices", () =>
  inFolder(async (folder) => {
    const elsewhere = `${folder}/elsewhere.trace.jsonl`;
    const { models, renderer } = pinnedOf(await readManifest());
    const pinned = {
      ...trace.header.pinned,
      models,
      renderer,
      bank: { address: "x:1", first_stan: 0 },
    };
    await Deno.writeTextFile(elsewhere, forged(trace, unchanged, pinned));
    const { out } = await heard(() => verifyVerb(elsewhere, { remote: false, format: "text" }));
    assert.match(out, /– resimulation: not possible: the bank was somewhere else, at x:1/);
    assert.match(out, /its devices or its bank were somewhere else/);
  }));

Deno.test("verify: what nobody can run again is proven only for who accepts that", () =>
  inFolder(async (folder) => {
    const elsewhere = `${folder}/elsewhere.trace.jsonl`;
    const { models, renderer } = pinnedOf(await readManifest());
    const pinned = { ...trace.header.pinned, models, renderer, devices: "ws://10.0.0.1:5846" };
    await Deno.writeTextFile(elsewhere, forged(trace, unchanged, pinned));
    for (const remote of [false, true]) {
      const { code, said } = await told(() => verifyVerb(elsewhere, { remote, ...JSON_FORMAT }));
      const open = said.checks.find(({ ok }: { ok: boolean | null }) => ok === null);
      assert.equal(open?.name, "resimulation");
      assert.deepEqual([code, said.ok], remote ? [0, true] : [1, false]);
    }
  }));
