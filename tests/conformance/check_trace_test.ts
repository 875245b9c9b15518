/**
 * An auditor who trusts nobody here: traces and bundles checked by Python's own library and openssl.
 */
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import * as fc from "fast-check";
import { zipSync } from "fflate";
import { newKeys, openBundle, openSigningKey, packBundle } from "../../sim/evidence/mod.ts";
import { readTrace, sha256Hex, type Trace } from "../../sim/trace/mod.ts";
import { hidden, HIDING_PLACES } from "../sim/hidden_in_zip.ts";

const CHECKER = fileURLToPath(new URL("check_trace.py", import.meta.url));
const FLIPS = 200;
const text = await Deno.readTextFile(new URL("../fixtures/sample.trace.jsonl", import.meta.url));
const trace = (readTrace(text) as { trace: Trace }).trace;

const able = await canRun("python3", "--version") && await canRun("openssl", "version");
if (!able) console.log("independent check: skipped, there is no python3 or no openssl here");

async function canRun(command: string, argument: string): Promise<boolean> {
  try {
    return (await new Deno.Command(command, { args: [argument] }).output()).success;
  } catch {
    return false;
  }
}

/** Which of these hold, and all that is said. */
async function check(files: readonly Uint8Array[], ...more: string[]) {
  const folder = await Deno.makeTempDir();
  try {
    const paths = files.map((_, i) => `${folder}/${i}`);
    await Promise.all(paths.map((path, i) => Deno.writeFile(path, files[i]!)));
    const args = [CHECKER, ...paths, ...more];
    const { success, stdout, stderr } = await new Deno.Command("python3", { args }).output();
    const [said, trouble] = [stdout, stderr].map((each) => new TextDecoder().decode(each));
    assert.equal(trouble, "");
    const hold = said!.trimEnd().split("\n").map((line) => line.includes(" holds: "));
    assert.equal(hold.length, files.length);
    assert.equal(success, hold.every(Boolean));
    return { hold, said: said! };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const whole = new TextEncoder().encode(text);

/** The bytes with one of them changed. */
function changed(bytes: Uint8Array, at: number, by: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = copy[at]! ^ by;
  return copy;
}

Deno.test({
  name: "independent check: a trace of ours holds, and its root is the one we say",
  ignore: !able,
  async fn() {
    const { hold, said } = await check([whole]);
    assert.deepEqual(hold, [true], said);
    assert.match(said, new RegExp(`root ${trace.end.root}`));
  },
});

Deno.test({
  name: "independent check: one changed byte is found, wherever it is",
  ignore: !able,
  async fn() {
    const flips = fc.sample(
      fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 127 })),
      { numRuns: FLIPS, seed: 1 },
    );
    const { hold } = await check(flips.map(([at, by]) => changed(whole, at, by)));
    assert.deepEqual(flips.filter((_, i) => hold[i]), []);
  },
});

Deno.test({
  name: "independent check: what is no trace and no bundle does not hold, and stops nothing",
  ignore: !able,
  async fn() {
    const zip = zipSync({ "bundle.json": whole });
    const deep = new TextEncoder().encode(`${"[".repeat(100_000)}\n{}\n{}\n`);
    const broken = [new Uint8Array(), deep, changed(zip, 300, 255), zip, whole.subarray(1)];
    const { hold } = await check([...broken, whole]);
    assert.deepEqual(hold, [...broken.map(() => false), true]);
    const asked = new Deno.Command("python3", { args: [CHECKER, "/no/such.jsonl"] });
    assert.equal((await asked.output()).code, 2, "a file that is not there");
  },
});

Deno.test({
  name: "independent check: who changed the header and the end has not changed the seal",
  ignore: !able,
  async fn() {
    const body = text.slice(0, text.trimEnd().lastIndexOf("\n") + 1)
      .replace('"commit":"', '"commit":"0');
    const end = JSON.stringify({ ...trace.end, sha256: sha256Hex(body), type: undefined });
    const forged = `${body}${end.replace(/}$/, ',"type":"end"}')}\n`;
    const { said } = await check([new TextEncoder().encode(forged)]);
    assert.match(said, /line 1: the header's seal/);
  },
});

Deno.test({
  name: "independent check: a bundle holds by its signer's key and by no other",
  ignore: !able,
  async fn() {
    const keys = await newKeys();
    const signer = await openSigningKey(keys.private_pem);
    assert.ok(signer);
    const packed = await packBundle([{ name: "visit", text, trace }], "{}\n", signer);
    const files = openBundle(packed);
    assert.ok(typeof files === "object");
    const names = Object.keys(files).filter((name) => name !== "public_key.pem");
    const spoilt = names.map((name) => {
      const bytes = files[name]!;
      return zipSync({ ...files, [name]: changed(bytes, bytes.length >> 1, 1) });
    });
    const folder = await Deno.makeTempDir();
    try {
      const [own, other] = [`${folder}/own`, `${folder}/other`];
      await Deno.writeTextFile(own, keys.public_pem);
      await Deno.writeTextFile(other, (await newKeys()).public_pem);
      const by_own = await check([packed, ...spoilt], "--key", own);
      assert.deepEqual(by_own.hold, [true, ...spoilt.map(() => false)], by_own.said);
      const fuller = ["plans/more.json", "../out.txt", "constructor"]
        .map((name) => zipSync({ ...files, [name]: new Uint8Array(1) }));
      assert.deepEqual((await check(fuller, "--key", own)).hold, fuller.map(() => false));
      const trace_file = "traces/visit.trace.jsonl";
      const { [trace_file]: genuine, ...more } = files;
      const lie = new TextEncoder().encode(text.replace('"served"', '"failed"'));
      const forged = HIDING_PLACES.map((place) =>
        hidden({ [trace_file]: lie, ...more }, genuine!, place)
      );
      assert.deepEqual((await check(forged, "--key", own)).hold, forged.map(() => false));
      const beside = [
        hidden({ [trace_file]: genuine!, ...more }, lie, "comment of the archive"),
        hidden({ [trace_file]: genuine!, ...more }, lie, "comment of a file"),
        new Uint8Array([...new Uint8Array(40), ...packed]),
      ];
      assert.deepEqual((await check(beside, "--key", own)).hold, beside.map(() => false));
      const folders = zipSync({ "traces/": new Uint8Array(), ...files });
      assert.deepEqual((await check([folders], "--key", own)).hold, [true]);
      assert.deepEqual((await check([packed], "--key", other)).hold, [false]);
      await Deno.writeTextFile(other, keys.private_pem);
      const args = [CHECKER, other, "--key", other];
      assert.equal((await new Deno.Command("python3", { args }).output()).code, 2, "a private key");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
