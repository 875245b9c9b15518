/**
 * `models add`: somebody else's models, taken whole or not at all.
 *
 * Everything is fetched, compared with its hash, opened and tried on a grey picture before a single
 * byte is written; then the folder is written under another name and moved into place.
 */
import {
  checkModelHash,
  type FacePipeline,
  filesOf,
  type ModelFile,
  ModelHashError,
  type ModelName,
  type Pack,
  parsePack,
} from "../../core/face/mod.ts";
import { InputError } from "../plan/mod.ts";
import { readBytes, why, writableFolder } from "./files.ts";
import {
  completed,
  openPipeline,
  packNames,
  PACKS,
  parsedManifest,
  readManifest,
  SHIPPED_MODELS,
} from "./models.ts";
import { openSource, type PackSource } from "./pack_source.ts";

/** A manifest is a page of text, even with everything that was measured. */
const MANIFEST_BYTES_MAX = 256 * 1024;

export interface AddedPack {
  readonly pack: Pack;
  readonly folder: string;
}

/** Adds the pack; throws {@linkcode InputError} and leaves nothing behind when anything is wrong. */
export async function addPack(source: string, packs: URL = PACKS): Promise<AddedPack> {
  const from = await openSource(source);
  const manifest = await from.read("manifest.json", MANIFEST_BYTES_MAX);
  const file = `${from.shown}: manifest.json`;
  const pack = parsedManifest(parsePack, new TextDecoder().decode(manifest), file);
  if ((await packNames(packs)).includes(pack.name)) {
    const folder = new URL(pack.name, packs).pathname;
    const message = `"${pack.name}" was added before; remove ${folder} to add it anew`;
    throw new InputError({ file, field: "name", message });
  }
  const files = new Map<ModelName, Uint8Array>();
  const named = filesOf(pack);
  for (const [name, entry] of named) files.set(name, await checkedFile(from, name, entry));
  await tryOut(pack, files);
  const folder = new URL(`${pack.name}/`, packs).pathname;
  await install(folder, packs.pathname, [
    ["manifest.json", manifest] as const,
    ...[...files].map(([name, bytes]) => [named.get(name)?.file ?? name, bytes] as const),
  ]);
  return { pack, folder };
}

async function checkedFile(
  from: PackSource,
  name: ModelName,
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

/** Opens the models and lets each answer once: a manifest that does not fit them is found here. */
async function tryOut(pack: Pack, files: ReadonlyMap<ModelName, Uint8Array>): Promise<void> {
  const manifest = completed(pack, await readManifest());
  const pipeline = await openPipeline(
    manifest,
    async (name, { file }) =>
      files.get(name) ?? await readBytes(new URL(file, SHIPPED_MODELS), "model"),
    { memo: 0 },
  );
  try {
    await answerOnce(pipeline);
  } catch (error) {
    const message = `does not run as its manifest says: ${why(error)}`;
    throw new InputError({ file: pack.name, field: "", message });
  } finally {
    await pipeline.release();
  }
}

async function answerOnce(pipeline: FacePipeline): Promise<void> {
  const [width, height] = [320, 240];
  const count = width * height;
  const grey = {
    width,
    height,
    rgb: new Uint8Array(3 * count).fill(128),
    nir: new Uint8Array(count).fill(128),
    depth: new Uint16Array(count).fill(500),
  };
  await pipeline.detect(grey);
  await pipeline.liveness(grey, [120, 70, 80, 100]);
  await pipeline.embed(grey, [[140, 110], [180, 110], [160, 130], [145, 150], [175, 150]]);
}

async function install(
  folder: string,
  packs: string,
  files: readonly (readonly [name: string, bytes: Uint8Array])[],
): Promise<void> {
  await writableFolder(packs, "models add");
  const part = await Deno.makeTempDir({ dir: packs, prefix: ".part-" });
  try {
    for (const [name, bytes] of files) await Deno.writeFile(`${part}/${name}`, bytes);
    await Deno.chmod(part, 0o755).catch(() => {});
    await Deno.rename(part, folder);
  } catch (error) {
    await Deno.remove(part, { recursive: true }).catch(() => {});
    throw new InputError({ file: folder, field: "", message: `cannot write: ${why(error)}` });
  }
}
