/** `evidence keys|pack|check|prove`: runs as signed files that stand by themselves. */
import type { Manifest } from "../../core/face/mod.ts";
import { canonicalJson, nameTwice } from "../../core/json.ts";
import {
  type BundleCheck,
  checkBundle,
  checkProof,
  fingerprintOf,
  modelsOf,
  newKeys,
  openBundle,
  openSigningKey,
  packBundle,
  type PackedRun,
  proveLine,
  sameModels,
} from "../evidence/mod.ts";
import { InputError, readPlan } from "../plan/mod.ts";
import { readTrace } from "../trace/mod.ts";
import { pinnedOf } from "../world/mod.ts";
import { readBytes, readText, whyNotWritten, writableFile, writeWhole } from "./files.ts";
import { completed, foundPacks, readManifest, SHIPPED_MODELS } from "./models.ts";
import { readPublicKey } from "./public_key.ts";
import { print, printLine } from "./terminal.ts";

/** `FILE` keeps the private key, readable by its owner alone; `FILE.pub` goes to everybody. */
export async function evidenceKeysVerb(options: { readonly out: string }): Promise<void> {
  const file = options.out;
  const { private_pem, public_pem } = await newKeys();
  await writeKey(file, private_pem, 0o600);
  try {
    await writeKey(`${file}.pub`, public_pem, 0o644);
  } catch (error) {
    await Deno.remove(file); // half a pair is none
    throw error;
  }
  printLine(`${file}: the private key; keep it`);
  printLine(`${file}.pub: the public key; give it to everybody`);
  print(`SHA-256 ${fingerprintOf(public_pem)}`);
}

async function writeKey(file: string, pem: string, mode: number): Promise<void> {
  try {
    await Deno.writeTextFile(file, pem, { createNew: true, mode });
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) {
      throw bad(file, "--out", "is there already: a key is never written over");
    }
    // A part of a key is none, and would be in the way of the next.
    await Deno.remove(file).catch(() => {});
    throw bad(file, "--out", whyNotWritten(error));
  }
}

export async function evidencePackVerb(
  traces: readonly string[],
  options: { readonly key: string; readonly out: string },
): Promise<void> {
  const key = await openSigningKey(await readText(options.key, "key"));
  if (key === null) {
    throw bad(options.key, "--key", "is no Ed25519 private key; make one with: evidence keys");
  }
  await writableFile(options.out, "--out", "bundle");
  const runs = await runsIn(traces);
  const evaluation = await evaluationOf(runs);
  const bytes = await packBundle(runs, evaluation, key);
  await writeWhole(options.out, bytes);
  printLine(`${options.out}: ${runs.length} runs, ${Math.ceil(bytes.length / 1024)} kB`);
  if (evaluation === null) print("without error rates: these models' manifest is not here");
  print(`signed by SHA-256 ${fingerprintOf(key.public_pem)}`);
}

async function runsIn(traces: readonly string[]): Promise<readonly PackedRun[]> {
  const runs: PackedRun[] = [];
  for (const file of traces) {
    const bytes = await readBytes(file, "trace");
    const reading = readTrace(bytes);
    if (!reading.ok) throw bad(file, `line ${reading.line}`, reading.problem);
    const name = nameOf(file);
    if (name === "") throw bad(file, "", "has no name to pack it by; give it another");
    if (runs.some((run) => run.name === name)) {
      throw bad(file, "", `would be a second run called ${name}; give it another name`);
    }
    const { trace } = reading;
    const planned = readPlan(trace.header.pinned.plan, file);
    if (!planned.ok) throw new InputError(planned.problem);
    const [first] = runs;
    if (first !== undefined && !sameModels(first.trace, trace)) {
      throw bad(file, "models", `are others than those of ${first.name}; pack it apart`);
    }
    runs.push({ name, text: new TextDecoder().decode(bytes), trace });
  }
  return runs;
}

/** The manifest of these runs' models, shipped or added; null where none here is theirs. */
async function evaluationOf([first]: readonly PackedRun[]): Promise<string | null> {
  if (first === undefined) return null;
  const models = canonicalJson(modelsOf(first.trace));
  const theirs = (manifest: Manifest) => canonicalJson(pinnedOf(manifest).models) === models;
  const shipped = await readManifest();
  if (theirs(shipped)) return await manifestIn(SHIPPED_MODELS);
  for (const { pack, folder } of await foundPacks()) {
    if (pack instanceof InputError) continue; // nobody could have run with it
    if (theirs(completed(pack, shipped))) return await manifestIn(folder);
  }
  return null;
}

function manifestIn(folder: URL): Promise<string> {
  return readText(new URL("manifest.json", folder), "model manifest");
}

/** A bundle, or one line's proof. Returns the exit code: 0 it holds, 1 it does not. */
export async function evidenceCheckVerb(
  file: string,
  options: { readonly key?: string; readonly format: "text" | "json" },
): Promise<number> {
  const given = options.key === undefined ? null : await readPublicKey(options.key);
  const checks = await checksOf(file, await readBytes(file, "bundle"), given);
  const ok = checks.every((check) => check.ok);
  if (options.format === "json") print(JSON.stringify({ schema: 1, file, ok, checks }, null, 2));
  else {
    for (const { name, ok, evidence } of checks) {
      printLine(`${ok ? "✓" : "✗"} ${name}: ${evidence}`);
    }
    printLine(`${file} ${ok ? "holds" : "is refused"}`);
  }
  return ok ? 0 : 1;
}

async function checksOf(
  file: string,
  bytes: Uint8Array,
  given: string | null,
): Promise<readonly BundleCheck[]> {
  if (bytes[0] === "{".charCodeAt(0)) {
    const text = new TextDecoder().decode(bytes);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw bad(file, "", "is neither a bundle (ZIP) nor a proof (JSON)");
    }
    const twice = nameTwice(text);
    if (twice === null) return await checkProof(value, given);
    return [{ name: "inclusion", ok: false, evidence: `this is no proof: it says ${twice} twice` }];
  }
  return await checkBundle(opened(file, bytes), given);
}

export async function evidenceProveVerb(
  file: string,
  options: { readonly event: number; readonly run?: string; readonly out?: string },
): Promise<void> {
  const bundle = opened(file, await readBytes(file, "bundle"));
  if (options.out !== undefined) await writableFile(options.out, "--out", "proof");
  const proof = proveLine(bundle, options.run ?? null, options.event);
  if (typeof proof === "string") throw bad(file, "", proof);
  const refused = (await checkProof(proof, null)).find(({ ok }) => !ok);
  if (refused !== undefined) {
    throw bad(file, refused.name, `${refused.evidence}; see: evidence check`);
  }
  const text = JSON.stringify(proof, null, 2) + "\n";
  if (options.out === undefined) print(text.trimEnd());
  else await writeWhole(options.out, text);
}

function opened(file: string, bytes: Uint8Array): Record<string, Uint8Array> {
  const files = openBundle(bytes);
  if (typeof files === "string") throw bad(file, "", `is no bundle: ${files}`);
  return files;
}

/** What a run is called in a bundle: its file's name without its ending, in letters that every ZIP has. */
function nameOf(file: string): string {
  const base = file.split(/[/\\]/).at(-1) ?? file;
  return base.replace(/(\.trace)?\.jsonl$/, "").replaceAll(/[^A-Za-z0-9._-]/g, "_").slice(0, 120);
}

function bad(file: string, field: string, message: string): InputError {
  return new InputError({ file, field, message });
}
