import assert from "node:assert/strict";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import * as fc from "fast-check";
import { Zip, ZipDeflate, zipSync } from "fflate";
import {
  type BundleManifest,
  checkBundle,
  checkProof,
  fingerprintOf,
  inclusionPath,
  type InclusionProof,
  isIncluded,
  leafHash,
  merkleRoot,
  newKeys,
  openBundle,
  openSigningKey,
  packBundle,
  proveLine,
} from "../../sim/evidence/mod.ts";
import { readTrace, type Trace } from "../../sim/trace/mod.ts";
import { hidden, HIDING_PLACES } from "./hidden_in_zip.ts";

/** Leaves and tree heads of the reference implementation of Certificate Transparency. */
const LEAVES = [
  ...["", "00", "10", "2021", "3031", "40414243"],
  ...["5051525354555657", "606162636465666768696a6b6c6d6e6f"],
].map((leaf) => leafHash(hexToBytes(leaf)));
const HEADS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

Deno.test("merkle: the tree heads are those of RFC 9162's own leaves", () => {
  assert.deepEqual(HEADS.map((_, n) => bytesToHex(merkleRoot(LEAVES.slice(0, n)))), HEADS);
});

Deno.test("merkle: every leaf is proven, and nothing else is", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (size, a, b) => {
    const leaves = Array.from({ length: size }, (_, i) => leafHash(Uint8Array.of(i)));
    const root = merkleRoot(leaves);
    const [index, other] = [a % size, b % size];
    const path = inclusionPath(leaves, index);
    assert.equal(isIncluded(leaves[index]!, index, size, path, root), true);
    assert.equal(isIncluded(leafHash(Uint8Array.of(index, 1)), index, size, path, root), false);
    assert.equal(isIncluded(leaves[index]!, other, size, path, root), other === index);
    assert.equal(isIncluded(leaves[index]!, index, size, [...path, root], root), false);
    if (path.length > 0) {
      assert.equal(isIncluded(leaves[index]!, index, size, path.slice(1), root), false);
    }
  }));
});

const text = await Deno.readTextFile(new URL("../fixtures/sample.trace.jsonl", import.meta.url));
const trace = (readTrace(text) as { trace: Trace }).trace;
const keys = await newKeys();
const key = (await openSigningKey(keys.private_pem))!;
const packed = await packBundle([{ name: "visit", text, trace }], '{"measured":true}\n', key);
const files = openBundle(packed) as Record<string, Uint8Array>;

/** Names of the checks that fail. */
async function refusals(of: Record<string, Uint8Array>, pem: string | null = keys.public_pem) {
  return (await checkBundle(of, pem)).filter(({ ok }) => !ok).map(({ name }) => name);
}

/** The file with one bit of one byte changed. */
function flipped(path: string, at = 40): Record<string, Uint8Array> {
  const bytes = Uint8Array.from(files[path]!);
  bytes[at] = bytes[at]! ^ 1;
  return { ...files, [path]: bytes };
}

Deno.test("bundle: holds with the public key alone, and packs to the same bytes again", async () => {
  assert.deepEqual(await refusals(files), []);
  assert.deepEqual(await refusals(files, null), []);
  const again = await packBundle([{ name: "visit", text, trace }], '{"measured":true}\n', key);
  assert.equal(bytesToHex(again), bytesToHex(packed));
});

Deno.test("bundle: each way to change it is refused by name", async () => {
  assert.deepEqual(await refusals(flipped("bundle.sig")), ["signature"]);
  assert.deepEqual(await refusals(flipped("bundle.json")), ["signature"]);
  assert.deepEqual(await refusals(flipped("plans/visit.json")), ["files"]);
  assert.deepEqual(await refusals(flipped("evaluation.json", 3)), ["files"]);
  assert.deepEqual(await refusals({ ...files, "traces/extra": new Uint8Array() }), ["files"]);
  const changed = await refusals(flipped("traces/visit.trace.jsonl", 30_000));
  assert.deepEqual(changed, ["files", "chain", "merkle"]);
  const { "plans/visit.json": _gone, ...less } = files;
  assert.deepEqual(await refusals(less), ["files"]);
});

Deno.test("bundle: a file that is called like a part of every object is new too", async () => {
  for (const name of ["constructor", "toString"]) {
    const more = zipSync({ ...files, [name]: new Uint8Array(1) });
    assert.deepEqual(await refusals(openBundle(more) as Record<string, Uint8Array>), ["files"]);
    const told = JSON.parse(new TextDecoder().decode(files["bundle.json"]));
    const signed = utf8ToBytes(
      JSON.stringify({ ...told, files: { ...told.files, [name]: "0".repeat(64) } }),
    );
    const less = { ...files, "bundle.json": signed, "bundle.sig": await key.sign(signed) };
    assert.deepEqual(await refusals(less), ["files"], name);
  }
});

/** The bundle as its own signer can make it: what is signed, changed. */
async function signedAnew(change: (told: BundleManifest) => object) {
  const told: BundleManifest = JSON.parse(new TextDecoder().decode(files["bundle.json"]));
  const signed = utf8ToBytes(JSON.stringify({ ...told, ...change(told) }));
  return { ...files, "bundle.json": signed, "bundle.sig": await key.sign(signed) };
}

Deno.test.each([
  ["the outcome", { outcome: "refused" }, "told"],
  ["the reason", { reason: "presentation_attack" }, "told"],
  ["the seed", { seed: 99 }, "told"],
  ["the scenario", { scenario: "another" }, "told"],
  ["how many lines there are", { leaves: 5_000 }, "merkle"],
])("bundle: $0 of a run is what its trace says, whoever signs", async (_, lie, refused) => {
  const lied = await signedAnew(({ runs }) => ({ runs: [{ ...runs[0], ...lie }] }));
  assert.deepEqual(await refusals(lied), [refused]);
});

Deno.test("bundle: models and plan of a run are those of its trace, whoever signs", async () => {
  assert.deepEqual(await refusals(await signedAnew(() => ({ models: {} }))), ["told"]);
  const plan = utf8ToBytes("{}\n");
  const digest = bytesToHex(sha256(plan));
  const lied = await signedAnew((told) => ({
    files: { ...told.files, "plans/visit.json": digest },
  }));
  assert.deepEqual(await refusals({ ...lied, "plans/visit.json": plan }), ["told"]);
});

Deno.test("bundle: two files of one name are refused, whichever of them is the right one", () => {
  const [name, other] = ["traces/visit.trace.jsonl", "traces/VISIT.trace.jsonl"];
  for (const bytes of [new Uint8Array(1), files[name]!]) {
    const zip = zipSync({ ...files, [other]: bytes });
    for (let at = find(zip, other); at >= 0; at = find(zip, other)) zip.set(utf8ToBytes(name), at);
    assert.equal(openBundle(zip), `it has two files called ${name}`);
  }
});

/** The places at which a name stands: before its file, and in the list at the end. */
function placesOf(zip: Uint8Array, name: string): readonly [number, number] {
  const before = find(zip, name);
  return [before, before + 1 + find(zip.subarray(before + 1), name)];
}

Deno.test("bundle: a file that is called otherwise before it than in the list is refused", () => {
  const name = "traces/visit.trace.jsonl";
  for (const i of [0, 1]) {
    const zip = packed.slice();
    zip.set(utf8ToBytes("traces/VISIT.trace.jsonl"), placesOf(zip, name)[i]);
    const listed = i === 0 ? name : "traces/VISIT.trace.jsonl";
    const told = `its list says ${listed}, and something else stands before that file`;
    assert.equal(openBundle(zip), told);
  }
});

Deno.test("bundle: a file that its list does not name is refused", () => {
  const hidden = zipSync({ "traces/visit.trace.jsonl": utf8ToBytes("another") });
  const more = hidden.subarray(0, hidden.length - 22 - 46 - "traces/visit.trace.jsonl".length);
  const [end, list] = [packed.length - 22, packed.length - 6];
  const at = new DataView(packed.buffer, packed.byteOffset).getUint32(list, true);
  const zip = new Uint8Array([...packed.subarray(0, at), ...more, ...packed.subarray(at)]);
  new DataView(zip.buffer).setUint32(end + more.length + 16, at + more.length, true);
  assert.equal(openBundle(zip), "it holds bytes that are of none of its files");
});

Deno.test.each(HIDING_PLACES)(
  "bundle: another trace in the %s is refused, whichever is the genuine one",
  (place) => {
    const name = "traces/visit.trace.jsonl";
    const { [name]: genuine, ...more } = files;
    const lie = utf8ToBytes(text.replace('"served"', '"failed"'));
    for (const [shown, other] of [[lie, genuine!], [genuine!, lie]] as const) {
      const zip = hidden({ [name]: shown, ...more }, other, place);
      assert.equal(find(zip.subarray(1 + find(zip, name)), name) > 0, true, "it is in there");
      assert.equal(typeof openBundle(zip), "string");
    }
  },
);

Deno.test("bundle: what it unpacks to is counted, whatever it says of that", () => {
  const zip = zipSync({ "bundle.json": new Uint8Array(3_000_000) });
  const [before, listed] = placesOf(zip, "bundle.json");
  for (const size of [before - 30 + 22, listed - 46 + 24]) {
    new DataView(zip.buffer).setUint32(size, 100, true);
  }
  assert.equal(openBundle(zip, 1024 * 1024), "it unpacks to more than 1 MiB");
});

Deno.test("bundle: packed once more by another program, it is the same bundle", async () => {
  const again = zipSync({ ...files }, { level: 0 });
  assert.deepEqual(openBundle(again), files);
  const streamed: Uint8Array[] = [];
  const zip = new Zip((_error, data) => streamed.push(data));
  for (const [name, bytes] of Object.entries(files)) {
    const entry = new ZipDeflate(name);
    zip.add(entry);
    entry.push(bytes, true);
  }
  zip.end();
  const whole = new Uint8Array(await new Blob(streamed as BlobPart[]).arrayBuffer());
  assert.deepEqual(openBundle(whole), files);
  const folders = { "plans/": new Uint8Array(), "traces/": new Uint8Array() };
  assert.deepEqual(openBundle(zipSync({ ...folders, ...files })), files);
});

Deno.test("bundle: what is signed says nothing twice, whoever signs", async () => {
  const told = new TextDecoder().decode(files["bundle.json"]);
  const lie = `"outcome" : "refused","outcome"`;
  const signed = utf8ToBytes(told.replace('"outcome"', lie));
  const lied = { ...files, "bundle.json": signed, "bundle.sig": await key.sign(signed) };
  const checks = await checkBundle(lied, keys.public_pem);
  assert.deepEqual(checks.at(-1), {
    name: "files",
    ok: false,
    evidence: "bundle.json: says outcome twice",
  });
});

/** Where this text stands in the bytes; -1: nowhere. */
function find(bytes: Uint8Array, text: string): number {
  const wanted = utf8ToBytes(text);
  return bytes.findIndex((_, at) => wanted.every((byte, i) => bytes[at + i] === byte));
}

Deno.test("bundle: a byte order mark in front of what is signed is no part of it", async () => {
  const marked = new TextEncoder().encode(`\ufeff${text}`);
  const run = { name: "visit", text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(marked) };
  const other = openBundle(await packBundle([{ ...run, trace }], "{}", key));
  assert.deepEqual(await refusals(other as Record<string, Uint8Array>), ["chain"]);
});

Deno.test("bundle: signed by somebody else, it is refused by who knows the right key", async () => {
  const other = await newKeys();
  assert.deepEqual(await refusals(files, other.public_pem), ["signature"]);
  assert.deepEqual(await refusals(files, "no key at all"), ["signature"]);
  assert.equal(await openSigningKey(keys.public_pem), null);
});

Deno.test("bundle: a key inside that is not the signer's is told to who knows the right one", async () => {
  const { public_pem } = await newKeys();
  const swapped = { ...files, "public_key.pem": utf8ToBytes(public_pem) };
  const [signature] = await checkBundle(swapped, key.public_pem);
  assert.equal(signature?.ok, true);
  const told = `the key inside is another (SHA-256 ${
    fingerprintOf(public_pem)
  }) and signed nothing`;
  assert.ok(signature?.evidence.endsWith(told), signature?.evidence);
});

Deno.test("bundle: what is no ZIP, or not a bundle, is told and not thrown", async () => {
  assert.equal(typeof openBundle(new Uint8Array([1, 2, 3])), "string");
  const empty = openBundle(zipSync({ "a.txt": new Uint8Array(3) }));
  assert.deepEqual(await refusals(empty as Record<string, Uint8Array>), ["signature"]);
});

Deno.test("proof: one event is shown without the others", async () => {
  const n = trace.lines.findIndex(({ type }) => type === "outcome") + 1;
  const proof = proveLine(files, "visit", n) as InclusionProof;
  assert.equal(JSON.parse(proof.line).n, n);
  const checks = await checkProof(proof, keys.public_pem);
  assert.deepEqual(checks.map(({ name, ok }) => [name, ok]), [
    ["signature", true],
    ["inclusion", true],
  ]);
  const others = trace.lines.filter((line) => line.n !== n).map(({ chain }) => chain);
  assert.ok(
    !others.some((chain) => JSON.stringify(proof).includes(chain) && chain !== trace.end.root),
  );
  const lied = { ...proof, line: proof.line.replace("served", "failed") };
  assert.equal((await checkProof(lied, keys.public_pem)).at(-1)?.ok, false);
  assert.equal((await checkProof({ ...proof, index: n + 1 }, keys.public_pem)).at(-1)?.ok, false);
  assert.equal((await checkProof({ hello: 1 }, null))[0]?.ok, false);
  const last = trace.lines.length;
  assert.equal(typeof proveLine(files, "visit", last), "object");
  const none = `visit has events 1 to ${last}`;
  assert.deepEqual([last + 1, 100_000].map((n) => proveLine(files, "visit", n)), [none, none]);
  assert.equal(typeof proveLine(files, "nobody", 1), "string");
});
