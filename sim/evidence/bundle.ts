/**
 * Runs as evidence: one ZIP file that stands by itself.
 *
 *     bundle.json        what is signed: each run's outcome, root, Merkle root, hashes, what oracles find
 *     bundle.sig         Ed25519 over the bytes of bundle.json
 *     public_key.pem     who says so: compare it with one you were given another way
 *     traces/ plans/     the runs
 *     evaluation.json    the models' manifest: their hashes and measured error rates, where it is known
 *
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { zipSync } from "fflate";
import * as z from "zod";
import { assert } from "../../core/assert.ts";
import { canonicalJson, nameTwice } from "../../core/json.ts";
import { readPlan } from "../plan/mod.ts";
import { readTrace, type Trace, type TraceReading } from "../trace/mod.ts";
import { judgeAgain } from "./judging.ts";
import { inclusionPath, isIncluded, leafHash, merkleRoot } from "./merkle.ts";
import type { Files } from "./open_bundle.ts";
import { fingerprintOf, isSigned, type SigningKey } from "./signature.ts";

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().regex(/^[A-Za-z0-9._-]{1,120}$/);

const manifestSchema = z.strictObject({
  schema: z.literal(1),
  runs: z.array(z.strictObject({
    name,
    scenario: z.string(),
    seed: z.number(),
    outcome: z.string(),
    reason: z.string(),
    /** What oracles find in it, by line of the file; empty: no sentence was broken. */
    findings: z.array(
      z.strictObject({ line: z.number(), oracle: z.string(), finding: z.string() }),
    ),
    root: hex,
    /** Lines of the file, header and end among them: the leaves of the tree. */
    leaves: z.int().min(2),
    merkle_root: hex,
  })).min(1),
  models: z.record(z.string(), z.string()),
  /** SHA-256 of every other file but the signature and the key. */
  files: z.record(z.string(), hex),
});
export type BundleManifest = z.infer<typeof manifestSchema>;

const proofSchema = z.strictObject({
  schema: z.literal(1),
  proves: z.literal("one line of a signed run"),
  run: name,
  index: z.int().min(0),
  line: z.string(),
  path: z.array(hex).max(64),
  /** The exact bytes that were signed, the signature and the key. */
  bundle: z.string(),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
  public_key: z.string(),
});
export type InclusionProof = z.infer<typeof proofSchema>;

export interface BundleCheck {
  readonly name: "signature" | "files" | "chain" | "merkle" | "told" | "inclusion";
  readonly ok: boolean;
  readonly evidence: string;
}

export interface PackedRun {
  readonly name: string;
  /** The trace file, whole: {@linkcode readTrace} has read it, and `readPlan` the plan it pins. */
  readonly text: string;
  readonly trace: Trace;
}

/** The models of a run: a bundle is of runs that were judged by the same. */
export function modelsOf({ header }: Trace): Readonly<Record<string, string>> {
  return header.pinned.models;
}

export function sameModels(one: Trace, other: Trace): boolean {
  return canonicalJson(modelsOf(one)) === canonicalJson(modelsOf(other));
}

/**
 * Packs and signs. The same runs and key give the same bytes.
 *
 * @param evaluation what these runs' models were measured to do; null: nobody here knows
 */
export async function packBundle(
  runs: readonly PackedRun[],
  evaluation: string | null,
  key: SigningKey,
): Promise<Uint8Array> {
  const [first] = runs;
  assert(first !== undefined, "a bundle has a run");
  assert(runs.every(({ trace }) => sameModels(trace, first.trace)), "a bundle is of one pack");
  const files: Record<string, Uint8Array> = evaluation === null
    ? {}
    : { "evaluation.json": utf8ToBytes(evaluation) };
  for (const { name, text, trace } of runs) {
    files[`traces/${name}.trace.jsonl`] = utf8ToBytes(text);
    files[`plans/${name}.json`] = planBytes(trace);
  }
  const manifest: BundleManifest = {
    schema: 1,
    runs: runs.map(entryOf),
    models: modelsOf(first.trace),
    files: Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, hashOf(bytes)])),
  };
  const signed = utf8ToBytes(canonicalJson(manifest) + "\n");
  const all: Files = {
    "bundle.json": signed,
    "bundle.sig": await key.sign(signed),
    "public_key.pem": utf8ToBytes(key.public_pem),
    ...files,
  };
  return zipSync(all, { level: 9, mtime: "1980-01-01T00:00:00" });
}

function entryOf({ name, text, trace }: PackedRun): SignedRun {
  const read = readPlan(trace.header.pinned.plan, name);
  assert(read.ok, "the plan of a run that is packed was read");
  const { plan } = read;
  const leaves = leavesOf(text);
  return {
    name,
    scenario: plan.scenario.id,
    seed: plan.seed,
    ...outcomeOf(trace),
    findings: [...judgeAgain(trace, plan).findings],
    root: trace.end.root,
    leaves: leaves.length,
    merkle_root: bytesToHex(merkleRoot(leaves)),
  };
}

function outcomeOf({ lines }: Trace): { outcome: string; reason: string } {
  const said = lines.find((line) => line.type === "outcome");
  return { outcome: said?.outcome ?? "failed", reason: said?.reason ?? "no_session" };
}

/** Checks a bundle with nothing but itself and, where one is given, the signer's public key. */
export async function checkBundle(
  files: Files,
  public_pem: string | null,
): Promise<readonly BundleCheck[]> {
  return (await readBundle(files, public_pem)).checks;
}

export interface BundleReading {
  readonly checks: readonly BundleCheck[];
  /** Each trace as it was read, where nothing is refused; else not all, or none. */
  readonly traces: readonly (SignedTrace & { readonly trace: Trace })[];
}

/**
 * {@linkcode checkBundle}, and the traces that were read for it.
 *
 * @param between awaited after each run, by who has something else to do than to read for seconds
 */
export async function readBundle(
  files: Files,
  public_pem: string | null,
  between: () => Promise<void> = () => Promise.resolve(),
): Promise<BundleReading> {
  const signed = files["bundle.json"] ?? new Uint8Array();
  const signature = files["bundle.sig"] ?? new Uint8Array();
  const inside = textOf(files["public_key.pem"]);
  const first = await signatureCheck(signed, signature, inside, public_pem);
  if (!first.ok) return { checks: [first], traces: [] };
  const manifest = manifestOf(textOf(signed));
  if (typeof manifest === "string") {
    return { checks: [first, { name: "files", ok: false, evidence: manifest }], traces: [] };
  }
  const checks = [first, filesCheck(files, manifest)];
  const traces: BundleReading["traces"][number][] = [];
  for (const run of manifest.runs) {
    const { name, findings } = run;
    const bytes = files[`traces/${name}.trace.jsonl`] ?? new Uint8Array();
    const text = textOf(bytes);
    const reading = readTrace(bytes);
    checks.push(chainCheck(reading, run), merkleCheck(text, run));
    if (reading.ok) {
      checks.push(toldCheck(reading.trace, run, manifest));
      traces.push({ name, findings, text, trace: reading.trace });
    }
    await between();
  }
  return { checks, traces };
}

type SignedRun = BundleManifest["runs"][number];

function chainCheck(reading: TraceReading, run: SignedRun): BundleCheck {
  const ok = reading.ok && reading.trace.end.root === run.root;
  const evidence = !reading.ok
    ? `${run.name}: line ${reading.line}: ${reading.problem}`
    : `${run.name}: root ${reading.trace.end.root}${ok ? "" : `, signed was ${run.root}`}`;
  return { name: "chain", ok, evidence };
}

function merkleCheck(text: string, run: SignedRun): BundleCheck {
  const leaves = leavesOf(text);
  const root = bytesToHex(merkleRoot(leaves));
  const ok = root === run.merkle_root && leaves.length === run.leaves;
  const tree = `${leaves.length} leaves, root ${root}`;
  const told = ok ? tree : `${tree}, not the signed one`;
  return { name: "merkle", ok, evidence: `${run.name}: ${told}` };
}

/** Who signs can sign what is not so. What oracles find in a run is for `verify` to ask. */
function toldCheck(
  trace: Trace,
  run: SignedRun,
  { models, files }: BundleManifest,
): BundleCheck {
  const { plan } = trace.header.pinned;
  const scenario = z.looseObject({ id: z.unknown() }).safeParse(plan["scenario"]).data?.id;
  const { outcome, reason } = outcomeOf(trace);
  const wrong = [
    ...(run.scenario === scenario ? [] : ["scenario"]),
    ...(run.seed === plan["seed"] ? [] : ["seed"]),
    ...(run.outcome === outcome ? [] : ["outcome"]),
    ...(run.reason === reason ? [] : ["reason"]),
    ...(canonicalJson(models) === canonicalJson(modelsOf(trace)) ? [] : ["models"]),
    ...(files[`plans/${run.name}.json`] === hashOf(planBytes(trace)) ? [] : ["plan"]),
  ];
  const evidence = wrong.length === 0
    ? `${outcome} (${reason}), as its trace says`
    : `bundle.json has another ${wrong.join(", ")} than its trace`;
  return { name: "told", ok: wrong.length === 0, evidence: `${run.name}: ${evidence}` };
}

function planBytes({ header }: Trace): Uint8Array {
  return utf8ToBytes(canonicalJson(header.pinned.plan) + "\n");
}

async function signatureCheck(
  signed: Uint8Array,
  signature: Uint8Array,
  inside: string,
  given: string | null,
): Promise<BundleCheck> {
  const key = given ?? inside;
  const ok = await isSigned(signed, signature, key);
  const whose = given === null
    ? "the key inside the file: whose it is, it cannot prove"
    : "the key that was given";
  const evidence = ok
    ? `Ed25519 by ${whose} (SHA-256 ${fingerprintOf(key)})${strangerIn(inside, key)}`
    : `not signed by ${whose}`;
  return { name: "signature", ok, evidence };
}

/** The key inside is not signed: whoever is given none would ask that one. */
function strangerIn(inside: string, signer: string): string {
  const [own, theirs] = [fingerprintOf(inside), fingerprintOf(signer)];
  return own === theirs ? "" : `; the key inside is another (SHA-256 ${own}) and signed nothing`;
}

const UNSIGNED = ["bundle.json", "bundle.sig", "public_key.pem"];

function filesCheck(files: Files, manifest: BundleManifest): BundleCheck {
  const there = Object.keys(files).filter((path) => !UNSIGNED.includes(path));
  const wrong = [
    ...there.filter((path) => !Object.hasOwn(manifest.files, path)).map((path) => `${path} is new`),
    ...Object.entries(manifest.files).flatMap(([path, hash]) => {
      const bytes = Object.hasOwn(files, path) ? files[path] : undefined;
      if (bytes === undefined) return [`${path} is missing`];
      return hashOf(bytes) === hash ? [] : [`${path} is another`];
    }),
  ];
  const evidence = wrong.length === 0 ? `${there.length} files as signed` : wrong.join("; ");
  return { name: "files", ok: wrong.length === 0, evidence };
}

export interface SignedTrace {
  readonly name: string;
  readonly text: string;
  readonly findings: SignedRun["findings"];
}

/** One line of a run with its proof, and nothing of the others; a sentence where there is none. */
export function proveLine(
  files: Files,
  wanted: string | null,
  event: number,
): InclusionProof | string {
  const bundle = textOf(files["bundle.json"]);
  const manifest = manifestOf(bundle);
  if (typeof manifest === "string") return manifest;
  const run = wanted === null ? manifest.runs[0] : manifest.runs.find((one) => one.name === wanted);
  if (run === undefined || (wanted === null && manifest.runs.length > 1)) {
    return `name one of its runs: ${manifest.runs.map((one) => one.name).join(", ")}`;
  }
  const text = textOf(files[`traces/${run.name}.trace.jsonl`]);
  const line = text.split("\n")[event];
  if (line === undefined || event > run.leaves - 2) {
    return `${run.name} has events 1 to ${run.leaves - 2}`;
  }
  return {
    schema: 1,
    proves: "one line of a signed run",
    run: run.name,
    index: event,
    line,
    path: inclusionPath(leavesOf(text), event).map(bytesToHex),
    bundle,
    signature: bytesToHex(files["bundle.sig"] ?? new Uint8Array()),
    public_key: textOf(files["public_key.pem"]),
  };
}

/** Checks one line's proof: the signature, and that the line stands in the signed tree. */
export async function checkProof(
  value: unknown,
  public_pem: string | null,
): Promise<readonly BundleCheck[]> {
  const parsed = proofSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const evidence = `this is no proof: ${issue?.path.join(".")}: ${issue?.message}`;
    return [{ name: "inclusion", ok: false, evidence }];
  }
  const { bundle, signature, public_key, run, index, line, path } = parsed.data;
  const signed = utf8ToBytes(bundle);
  const first = await signatureCheck(signed, hexToBytes(signature), public_key, public_pem);
  if (!first.ok) return [first];
  const manifest = manifestOf(bundle);
  const entry = typeof manifest === "string" ? null : manifest.runs.find((one) => one.name === run);
  if (!entry) {
    return [first, { name: "inclusion", ok: false, evidence: `no run ${run} was signed` }];
  }
  const leaf = leafHash(utf8ToBytes(line));
  const root = hexToBytes(entry.merkle_root);
  const ok = isIncluded(leaf, index, entry.leaves, path.map(hexToBytes), root);
  const where = `event ${index} of the ${entry.leaves - 2} of ${run}`;
  const evidence = ok ? `${where}: ${line}` : `this line is not ${where}`;
  return [first, { name: "inclusion", ok, evidence }];
}

function manifestOf(text: string): BundleManifest | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "bundle.json is not JSON";
  }
  const twice = nameTwice(text);
  if (twice !== null) return `bundle.json: says ${twice} twice`;
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return `bundle.json: ${issue?.path.join(".")}: ${issue?.message}`;
}

/** Each line of the file without its end is a leaf; the header is leaf 0, event n leaf n. */
function leavesOf(text: string): Uint8Array[] {
  return text.replace(/\n$/, "").split("\n").map((line) => leafHash(utf8ToBytes(line)));
}

function hashOf(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** A byte order mark stays: it is nothing that was signed. */
function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes ?? new Uint8Array());
}
