/**
 * The dataset that was in a folder before another is put there.
 *
 * Its lists go before its pictures are taken over. What is left of its pictures goes when the new
 * dataset is whole, so that a folder holds what its lists name; until then a file notes their names.
 * Nothing is ever taken away but what a list of the camera's names.
 */
import { InputError } from "../plan/mod.ts";
import { COCO_INFO } from "./camera_coco.ts";
import { why, whyNotWritten, writeWhole } from "./files.ts";

const NOTED = ".pictures-before";
const PICTURE = /^(rgb|nir|depth)-\d{3,}\.png$/;

/** Takes the lists of a folder away; one that the camera did not write is refused, and stays. */
export async function unlist(out: string): Promise<void> {
  const listed = await listedIn(out);
  if (listed.size > 0) {
    const names = new Set([...await noted(out), ...listed]);
    await writeWhole(`${out}/${NOTED}`, JSON.stringify([...names]) + "\n");
  }
  for (const name of ["coco.json", "shots.json"]) await takeAway(out, name);
}

/** Takes away what is left of the pictures of before, beside those of the dataset that is whole. */
export async function clearAway(out: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await noted(out)) {
    // Whatever else has the name by now is not the camera's.
    if (!kept.has(name) && await isFile(`${out}/${name}`)) await takeAway(out, name);
  }
  await takeAway(out, NOTED);
}

/** The pictures that the lists of a folder name. Throws {@linkcode InputError} where one is not ours. */
export async function listedIn(out: string): Promise<ReadonlySet<string>> {
  const coco = await jsonOf(out, "coco.json") as { info?: { description?: unknown } } | undefined;
  if (coco !== undefined && coco?.info?.description !== COCO_INFO) {
    throw foreign(out, "coco.json");
  }
  const shots = await jsonOf(out, "shots.json");
  if (shots === undefined) return new Set();
  if (!Array.isArray(shots)) throw foreign(out, "shots.json");
  const names = shots.flatMap((shot) => [shot?.rgb, shot?.nir, shot?.depth]);
  if (!names.every(isPicture)) throw foreign(out, "shots.json");
  return new Set(names);
}

async function noted(out: string): Promise<readonly string[]> {
  const names = await jsonOf(out, NOTED);
  return Array.isArray(names) ? names.filter(isPicture) : [];
}

function isPicture(name: unknown): name is string {
  return typeof name === "string" && PICTURE.test(name);
}

/** What a file of the folder says; `undefined` where there is none, null where it is no JSON. */
async function jsonOf(out: string, name: string): Promise<unknown> {
  try {
    return JSON.parse(await Deno.readTextFile(`${out}/${name}`));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof SyntaxError) return null;
    const message = `cannot read: ${why(error)}`;
    throw new InputError({ file: `${out}/${name}`, field: "--out", message });
  }
}

function foreign(out: string, name: string): InputError {
  const message = "is no list of the camera's; use another folder, or move it away";
  return new InputError({ file: `${out}/${name}`, field: "--out", message });
}

async function isFile(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(({ isFile }) => isFile, () => false);
}

async function takeAway(out: string, name: string): Promise<void> {
  try {
    await Deno.remove(`${out}/${name}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    const message = whyNotWritten(error);
    throw new InputError({ file: `${out}/${name}`, field: "--out", message });
  }
}
