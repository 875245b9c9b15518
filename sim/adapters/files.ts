/**
 * Files for the twin, through Deno: the one place where scenarios, profiles and models are read and
 * results are written. Every failure is an {@linkcode InputError} naming file, field and remedy.
 */
import { fileURLToPath } from "node:url";
import { type Profile, profileSchema } from "../../devices/profiles/mod.ts";
import { firstProblem, InputError, type Scenario, scenarioOf } from "../plan/mod.ts";
import { parseYaml } from "../plan/yaml.ts";

export { parseYaml } from "../plan/yaml.ts";

/** The folder of the program: scenarios, profiles and models lie beside `main.ts`. */
export const HOME = new URL("../../", import.meta.url);

/** Reads a text file; `what` names it in an error. */
export async function readText(path: string | URL, what: string): Promise<string> {
  const bytes = await readBytes(path, what);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const message = "is not UTF-8 text: save it as that";
    throw new InputError({ file: shown(path), field: "", message });
  }
}

export async function readBytes(
  path: string | URL,
  what: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const file = shown(path);
  try {
    return await Deno.readFile(path);
  } catch (error) {
    throw new InputError({ file, field: "", message: `cannot read this ${what}: ${why(error)}` });
  }
}

/**
 * Writes a file whole or not at all: under another name first, then moved into place. Where a link
 * leads to a file, that one is written; what is no file, as /dev/stdout, is written to and stays.
 */
export async function writeWhole(
  file: string | URL,
  content: string | Uint8Array,
): Promise<void> {
  const path = pathOf(file);
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    if (await isDevice(path)) await Deno.writeFile(path, bytes);
    else await moveIntoPlace(await Deno.realPath(path).catch(() => path), bytes);
  } catch (error) {
    throw new InputError({ file: path, field: "", message: whyNotWritten(error) });
  }
}

async function moveIntoPlace(path: string, bytes: Uint8Array): Promise<void> {
  const part = partOf(path);
  try {
    await Deno.writeFile(part, bytes);
    await Deno.rename(part, path);
  } catch (error) {
    await Deno.remove(part).catch(() => {});
    throw error;
  }
}

/** What each kind of result begins with. */
const RESULTS = { bundle: "PK", page: "<!doctype html>", proof: "{\n" } as const;
export type ResultKind = keyof typeof RESULTS;

/**
 * Finds out that a file can be written before any work is done for it; what is there stays.
 *
 * Only an earlier result of this kind is written over. A word that is forgotten on the command line makes
 * an input the output, and nobody can make a key or a trace again.
 */
export async function writableFile(path: string, field: string, kind: ResultKind): Promise<void> {
  try {
    if (await isFolder(path)) throw new Deno.errors.IsADirectory();
    if (await isDevice(path)) return;
    if (!(await isOfKind(path, kind))) throw new Error(`it is there and no ${kind}; name another`);
    const probe = partOf(await Deno.realPath(path).catch(() => path));
    await Deno.writeTextFile(probe, "");
    await Deno.remove(probe);
  } catch (error) {
    throw new InputError({ file: path, field, message: whyNotWritten(error) });
  }
}

/** Whether what is there is such a result, or nothing. */
async function isOfKind(path: string, kind: ResultKind): Promise<boolean> {
  using file = await Deno.open(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (file === null) return true;
  const begins = new Uint8Array(RESULTS[kind].length);
  const read = await file.read(begins);
  return read === null || new TextDecoder().decode(begins) === RESULTS[kind];
}

/** What is told of a file that could not be written. */
export function whyNotWritten(error: unknown): string {
  const folder = error instanceof Deno.errors.NotFound;
  return `cannot write: ${folder ? "its folder does not exist; make it first" : why(error)}`;
}

/** Beside the file, and of this process alone: another may be writing the same one. */
function partOf(path: string): string {
  return `${path}.${Deno.pid}.part`;
}

/** A pipe, a terminal, a device: something that is there, and neither a file nor a folder. */
async function isDevice(path: string): Promise<boolean> {
  return await Deno.stat(path).then(
    ({ isFile, isDirectory }) => !isFile && !isDirectory,
    () => false,
  );
}

async function isFolder(path: string): Promise<boolean> {
  return await Deno.stat(path).then(({ isDirectory }) => isDirectory, () => false);
}

/** Makes a folder, and finds out that it can be written to before any work is done for it. */
export async function writableFolder(folder: string | URL, field = "--out"): Promise<void> {
  const path = pathOf(folder);
  try {
    await Deno.mkdir(path, { recursive: true });
    await Deno.remove(await Deno.makeTempFile({ dir: path, prefix: ".writable-" }));
  } catch (error) {
    const taken = error instanceof Deno.errors.AlreadyExists;
    const message = `cannot write here: ${taken ? "it is a file; name a folder" : why(error)}`;
    throw new InputError({ file: path, field, message });
  }
}

export async function readScenario(path: string | URL): Promise<Scenario> {
  const file = shown(path);
  return scenarioOf(parseYaml(await readText(path, "scenario"), file), file);
}

/** The machine profile of this name. */
export async function readProfile(name: string, asked_by: string): Promise<Profile> {
  const file = `devices/profiles/${name}.yaml`;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || !(await exists(new URL(file, HOME)))) {
    const known = (await profileNames()).join(", ");
    throw new InputError({
      file: asked_by,
      field: "machine",
      message: `there is no machine profile "${name}"; use one of: ${known}`,
    });
  }
  const parsed = profileSchema.safeParse(
    parseYaml(await readText(new URL(file, HOME), "profile"), file),
  );
  if (!parsed.success) throw new InputError(firstProblem(parsed.error, file));
  return parsed.data;
}

export async function profileNames(): Promise<string[]> {
  return await namesIn("devices/profiles/");
}

/** The scenarios that come with the program, by id. */
export async function scenarioNames(): Promise<string[]> {
  return await namesIn("scenarios/");
}

async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(new URL(folder, HOME))) {
    if (entry.isFile && entry.name.endsWith(".yaml")) names.push(entry.name.slice(0, -5));
  }
  return names.sort();
}

async function exists(url: URL): Promise<boolean> {
  return await Deno.stat(url).then(() => true, () => false);
}

/** A file's path as the system has it: what an address writes as %20 is a space there. */
export function pathOf(file: string | URL): string {
  return typeof file === "string" ? file : fileURLToPath(file);
}

/** A path as a person would type it. */
export function shown(path: string | URL): string {
  const [file, home] = [pathOf(path), pathOf(HOME)];
  return typeof path !== "string" && file.startsWith(home) ? file.slice(home.length) : file;
}

/** The system's own reason, without its stack or number. */
export function why(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "it does not exist";
  if (error instanceof Deno.errors.PermissionDenied) return "permission denied";
  if (error instanceof Deno.errors.IsADirectory) return "it is a folder";
  if (error instanceof Deno.errors.NotADirectory) return "a part of its path is a file";
  return error instanceof Error ? error.message.replace(/ \(os error \d+\).*/s, "") : String(error);
}
