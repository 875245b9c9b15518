/**
 * `models add`: somebody else's models, taken whole or not at all.
 *
 * Everything is fetched, compared with its hash, opened and tried on a picture of somebody before a
 * single byte is written; then the folder is written under another name and moved into place.
 */
import {
  checkModelHash,
  filesOf,
  leftOutOf,
  type ModelFile,
  ModelHashError,
  type Pack,
  parsePack,
} from "../../core/face/mod.ts";
import { assert } from "../../core/assert.ts";
import type { LeftOut } from "../evaluate/mod.ts";
import { InputError } from "../plan/mod.ts";
import { pathOf, readBytes, why, writableFolder } from "./files.ts";
import {
  completed,
  leftOutModels,
  openPipeline,
  packNames,
  PACKS,
  parsedManifest,
  readManifest,
  SHIPPED_MODELS,
} from "./models.ts";
import { tryOut } from "./pack_trial.ts";
import { openSource, type PackSource } from "./pack_source.ts";
import { breathe, interruption } from "./terminal.ts";

/** A manifest is a page of text, even with everything that was measured. */
const MANIFEST_BYTES_MAX = 256 * 1024;

export interface AddedPack {
  readonly pack: Pack;
  readonly folder: string;
}

/**
 * Adds the pack; null when Ctrl-C was pressed while it was written. Leaves nothing behind then, nor
 * when anything is wrong, which throws {@linkcode InputError}.
 */
export async function addPack(source: string, packs: URL = PACKS): Promise<AddedPack | null> {
  const from = await openSource(source);
  const text = new TextDecoder().decode(await from.read("manifest.json", MANIFEST_BYTES_MAX));
  const file = `${from.shown}: manifest.json`;
  const pack = parsedManifest(parsePack, text, file);
  await refuseSecond(pack, file, packs);
  const files = new Map<string, Uint8Array>();
  for (const [name, entry] of [...filesOf(pack), ...leftOutOf(pack)]) {
    files.set(entry.file, await checkedFile(from, name, entry));
  }
  await tried(pack, file, files);
  files.set("manifest.json", new TextEncoder().encode(text));
  await writableFolder(packs, "models add");
  const folder = pathOf(new URL(`${pack.name}/`, packs));
  try {
    if (!await install(folder, pathOf(packs), files)) return null;
  } catch (error) {
    await refuseSecond(pack, file, packs); // added by somebody else meanwhile
    throw new InputError({ file: folder, field: "", message: `cannot write: ${why(error)}` });
  }
  return { pack, folder };
}

async function refuseSecond({ name }: Pack, file: string, packs: URL): Promise<void> {
  if (!(await packNames(packs)).includes(name)) return;
  const folder = pathOf(new URL(name, packs));
  const message = `"${name}" was added before; remove ${folder} to add it anew`;
  throw new InputError({ file, field: "name", message });
}

async function checkedFile(
  from: PackSource,
  name: string,
  entry: ModelFile,
): Promise<Uint8Array> {
  const bytes = await from.read(entry.file, entry.bytes);
  if (bytes.length < entry.bytes) {
    const message = `has ${bytes.length} bytes, the manifest says ${entry.bytes}`;
    throw new InputError({ file: `${from.shown}: ${entry.file}`, field: `${name}.bytes`, message });
  }
  try {
    checkModelHash(entry, bytes);
  } catch (error) {
    if (!(error instanceof ModelHashError)) throw error;
    const file = `${from.shown}: ${entry.file}`;
    throw new InputError({ file, field: `${name}.sha256`, message: error.message });
  }
  return bytes;
}

/** Opens the models and lets each answer once; `file`: the manifest they have to fit. */
async function tried(
  pack: Pack,
  file: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const manifest = completed(pack, await readManifest());
  const brought = filesOf(pack);
  const pipeline = await openPipeline(
    manifest,
    file,
    async (name, { file }) =>
      (brought.has(name) ? files.get(file) : undefined) ??
        await readBytes(new URL(file, SHIPPED_MODELS), "model"),
    { memo: 0 },
  );
  try {
    await tryOut(pipeline, file, await leftOutBrought(pack, file, files));
  } finally {
    await pipeline.release();
  }
}

async function leftOutBrought(
  { liveness }: Pack,
  file: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, LeftOut>> {
  if (liveness === undefined) return new Map();
  return await leftOutModels(liveness, file, (name) => {
    const bytes = files.get(name);
    assert(bytes !== undefined, "a pack comes whole");
    return Promise.resolve(bytes);
  });
}

/** Writes the folder whole or not at all; whether it did, or Ctrl-C came before it could. */
async function install(
  folder: string,
  packs: string,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<boolean> {
  const part = await Deno.makeTempDir({ dir: packs, prefix: ".part-" });
  const interrupted = interruption();
  try {
    for (const [name, bytes] of files) {
      await Deno.writeFile(`${part}/${name}`, bytes);
      await breathe();
      if (interrupted.asked) return false;
    }
    await Deno.chmod(part, 0o755).catch(() => {});
    await Deno.rename(part, folder);
    return true;
  } finally {
    // Moved into place, it is no longer here.
    await Deno.remove(part, { recursive: true }).catch(() => {});
    interrupted.stop();
  }
}
