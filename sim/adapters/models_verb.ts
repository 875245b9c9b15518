/** `models list|verify|add`: what ships, whether it is what its manifest says, and what else there is. */
import {
  type Manifest,
  type ModelEntry,
  type Pack,
  type Rate,
  ROLES,
} from "../../core/face/mod.ts";
import { rateText, verifyModels } from "../evaluate/mod.ts";
import { InputError, type Problem } from "../plan/mod.ts";
import { readBytes, shown } from "./files.ts";
import { foundPacks, PACKS, readManifest, SHIPPED_MODELS } from "./models.ts";
import { addPack } from "./packs.ts";
import { print, printLine } from "./terminal.ts";

interface Printing {
  readonly format: "text" | "json";
}

/**
 * Prints the models with their hashes and measured rates, then what packs were added. Returns the
 * exit code: 1 if a pack is there that cannot be used.
 */
export async function modelsListVerb({ format }: Printing, packs: URL = PACKS): Promise<number> {
  const manifest = await readManifest();
  const found = await foundPacks(packs);
  const bad = found.flatMap(({ name, folder, pack }) =>
    pack instanceof InputError ? [{ name, problem: withRemedy(pack.problem, folder) }] : []
  );
  const code = bad.length === 0 ? 0 : 1;
  if (format === "json") {
    const good = found.flatMap(({ name, pack }) =>
      pack instanceof InputError ? [] : [{ ...pack, name }]
    );
    print(JSON.stringify({ ...manifest, packs: good, bad_packs: bad }, null, 2));
    return code;
  }
  printShipped(manifest);
  for (const { name, folder, pack } of found) {
    if (!(pack instanceof InputError)) printPack(name, folder, pack);
  }
  for (const { name, problem } of bad) {
    printLine(`✗ pack ${name}: ${new InputError(problem).message}`);
  }
  return code;
}

function withRemedy(problem: Problem, folder: URL): Problem {
  return { ...problem, message: `${problem.message}; remove ${shown(folder)} and add it anew` };
}

function printShipped(manifest: Manifest): void {
  for (const role of ROLES) {
    printModel(role, "models/", manifest[role]);
    const { landmarks } = manifest.detector;
    if (role === "detector" && landmarks !== undefined) {
      print(`    landmarks: models/${landmarks.file}, sha256 ${landmarks.sha256}`);
    }
    const { measured } = manifest[role];
    if (measured === null) print("    not measured");
    else for (const line of ratesIn(measured)) print(`    ${line}`);
  }
}

function printPack(name: string, folder: URL, pack: Pack): void {
  print(`pack ${name} (--pack ${name})`);
  for (const role of ROLES) {
    const entry = pack[role];
    if (entry !== undefined) printModel(role, shown(folder), entry);
  }
}

function printModel(role: string, folder: string, entry: ModelEntry): void {
  const { file, bytes, licence, source, sha256, threshold } = entry;
  printLine(`${role}: ${folder}${file}, ${Math.round(bytes / 1024)} KiB, ${licence}, ${source}`);
  print(`    sha256 ${sha256}`);
  print(`    threshold ${threshold}`);
}

/** Takes somebody else's models in, whole or not at all. Returns the exit code, 130 when interrupted. */
export async function modelsAddVerb(source: string): Promise<number> {
  const added = await addPack(source);
  if (added === null) return 130;
  const { pack, folder } = added;
  for (const role of ROLES) {
    const entry = pack[role];
    if (entry !== undefined) printModel(role, "", entry);
  }
  printLine(
    `added as ${pack.name} in ${folder}: run, verify, serve and evaluate take --pack ${pack.name}`,
  );
  return 0;
}

/**
 * Compares every model with its hash, then those of every pack that was added. Returns the exit code: 1
 * if one is not what its manifest says.
 */
export async function modelsVerifyVerb(
  folder: URL = SHIPPED_MODELS,
  packs: URL = PACKS,
): Promise<number> {
  const shipped = await areAsNamed("", folder, await readManifest(folder));
  const added: boolean[] = [];
  for (const { name, folder, pack } of await foundPacks(packs)) {
    if (pack instanceof InputError) {
      printLine(`✗ pack ${name}: ${new InputError(withRemedy(pack.problem, folder)).message}`);
      added.push(false);
    } else added.push(await areAsNamed(`pack ${name}, `, folder, pack));
  }
  return shipped && added.every((ok) => ok) ? 0 : 1;
}

async function areAsNamed(of: string, folder: URL, pack: Manifest | Pack): Promise<boolean> {
  const read = (file: string) => readBytes(new URL(file, folder), "model");
  const checks = await verifyModels(pack, read);
  const place = folder.href === SHIPPED_MODELS.href ? "models/" : shown(folder);
  for (const { name, file, sha256, problem } of checks) {
    if (problem === null) print(`✓ ${of}${name}: ${place}${file} is sha256 ${sha256}`);
    else printLine(`✗ ${of}${name}: ${problem}`);
  }
  return checks.every(({ ok }) => ok);
}

/** Every rate and figure of a report, one a line, by its own name. */
function ratesIn(measured: object, name = ""): string[] {
  return Object.entries(measured).flatMap(([key, value]) => {
    if (key === "protocol") return [];
    const path = name === "" ? key : `${name} ${key}`;
    if (isRate(value)) return [`${path}: ${rateText(value)}`];
    if (typeof value === "number") return [`${path}: ${value}`];
    return typeof value === "object" && value !== null ? ratesIn(value, path) : [];
  });
}

function isRate(value: unknown): value is Rate {
  return typeof value === "object" && value !== null && "rate" in value && "of" in value;
}
