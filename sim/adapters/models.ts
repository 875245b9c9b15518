/** Opens face models on Deno: manifest read, hashes checked, sessions over `onnxruntime-web`. */
import { pathToFileURL } from "node:url";
import { nameTwice } from "../../core/json.ts";
import {
  checkModelHash,
  createFacePipeline,
  type FacePipeline,
  filesOf,
  judgeLiveness,
  livenessPicture,
  type Manifest,
  Model,
  modelBytes,
  type ModelFile,
  ModelHashError,
  type ModelName,
  type OrtRuntime,
  type Pack,
  parseManifest,
  parsePack,
} from "../../core/face/mod.ts";
import type { LeftOut } from "../evaluate/mod.ts";
import { InputError } from "../plan/mod.ts";
import { HOME, readBytes, readText, shown, why } from "./files.ts";
import { tryOut } from "./pack_trial.ts";

/** The models that come with the program. */
export const SHIPPED_MODELS = new URL("models/", HOME);
/** Where `models add` puts packs. */
export const PACKS = new URL("models/packs/", HOME);

export interface ModelOptions {
  /** Inferences remembered for each model; 0 switches the memory off. */
  readonly memo?: number;
  /** Where a whole manifest and the files it names lie; ends in a slash. */
  readonly folder?: URL;
  /** Somebody else's models: an added pack's name, or a folder (a path with a slash). */
  readonly pack?: string;
}

/** Opens the models. Throws {@linkcode InputError} naming the file that is missing or changed. */
export async function openModels(options: ModelOptions = {}): Promise<FacePipeline> {
  const { manifest, file, folderOf } = await chosen(options);
  const pipeline = await openPipeline(
    manifest,
    file,
    (name, { file }) => fileOf(folderOf(name), file),
    options,
  );
  if (options.pack === undefined) return pipeline;
  try {
    await tryOut(pipeline, file);
  } catch (error) {
    await pipeline.release();
    throw error;
  }
  return pipeline;
}

/** What options choose: a whole manifest, and where the files of each of its models lie. */
export interface Chosen {
  readonly manifest: Manifest;
  /** Whose manifest it is, as a person would type it. */
  readonly file: string;
  folderOf(name: ModelName): URL;
}

/** Reads the manifests; whether the files are there is not asked. Throws {@linkcode InputError}. */
export async function chosen({ folder = SHIPPED_MODELS, pack }: ModelOptions): Promise<Chosen> {
  const shipped = await readManifest(folder);
  if (pack === undefined) {
    return { manifest: shipped, file: manifestOf(folder), folderOf: () => folder };
  }
  const place = await packFolder(pack);
  const theirs = await readPack(place);
  const brought = filesOf(theirs);
  return {
    manifest: completed(theirs, shipped),
    file: manifestOf(place),
    folderOf: (name) => brought.has(name) ? place : folder,
  };
}

function manifestOf(folder: URL): string {
  return shown(new URL("manifest.json", folder));
}

function fileOf(folder: URL, file: string): Promise<Uint8Array> {
  return readBytes(new URL(file, folder), "model");
}

/** A pack's roles, and the shipped models in the roles it leaves out. */
export function completed(pack: Pack, shipped: Manifest): Manifest {
  return {
    schema: 1,
    name: pack.name,
    detector: pack.detector ?? shipped.detector,
    liveness: pack.liveness ?? shipped.liveness,
    embedder: pack.embedder ?? shipped.embedder,
  };
}

/** Opens models wherever their bytes are; the error names the file and what is wrong with it. */
export async function openPipeline(
  manifest: Manifest,
  file: string,
  read: (name: ModelName, file: ModelFile) => Promise<Uint8Array>,
  options: { readonly memo?: number } = {},
): Promise<FacePipeline> {
  const models = await modelBytes(manifest, read);
  try {
    return await createFacePipeline({ models, manifest, runtime: await ortRuntime(), ...options });
  } catch (error) {
    throw badModels(file, error);
  }
}

/**
 * The manifest of the models that come with the program, whose files are there and what it says; whoever
 * may never judge a face does not have to open them for that.
 */
export async function checkModels(): Promise<Manifest> {
  const manifest = await readManifest();
  try {
    for (const entry of filesOf(manifest).values()) {
      checkModelHash(entry, await fileOf(SHIPPED_MODELS, entry.file));
    }
  } catch (error) {
    throw error instanceof InputError ? error : badModels(manifestOf(SHIPPED_MODELS), error);
  }
  return manifest;
}

/** What is told of models that do not open; `manifest`: the file that names them. */
function badModels(manifest: string, error: unknown): InputError {
  return error instanceof ModelHashError
    ? new InputError({ file: error.file, field: "sha256", message: error.message })
    : new InputError({ file: manifest, field: "", message: `does not open: ${why(error)}` });
}

/** Loaded when it is first needed: most verbs never judge a face. */
async function ortRuntime(): Promise<OrtRuntime> {
  return await import("onnxruntime-web") as unknown as OrtRuntime;
}

/**
 * The liveness models that were trained without a species, where the manifest names any. Throws
 * {@linkcode InputError} naming the file that is missing or does not open.
 */
export async function openLeftOut(
  { manifest }: FacePipeline,
  options: ModelOptions,
): Promise<ReadonlyMap<string, LeftOut>> {
  const { file, folderOf } = await chosen(options);
  return await leftOutModels(
    manifest.liveness,
    file,
    (file) => fileOf(folderOf("liveness"), file),
  );
}

/** Several species may name one file: it was trained without all of them. */
export async function leftOutModels(
  entry: Manifest["liveness"],
  manifest: string,
  read: (file: string) => Promise<Uint8Array>,
): Promise<ReadonlyMap<string, LeftOut>> {
  async function open(other: ModelFile): Promise<Model> {
    const bytes = await read(other.file);
    try {
      return await Model.open(await ortRuntime(), { ...entry, ...other }, bytes);
    } catch (error) {
      throw badModels(manifest, error);
    }
  }
  const opened = new Map<string, Model>();
  const asked = new Map<string, LeftOut>();
  for (const [species, other] of Object.entries(entry.left_out ?? {})) {
    const model = opened.get(other.file) ?? await open(other);
    opened.set(other.file, model);
    asked.set(
      species,
      (exposure, box) => judgeLiveness(model, entry, livenessPicture(entry, exposure, box)),
    );
  }
  return asked;
}

/** The folder of a pack by its name, or the folder a path names. */
export async function packFolder(pack: string, packs: URL = PACKS): Promise<URL> {
  if (/[/\\]/.test(pack)) {
    return new URL(`${pathToFileURL(await realPath(pack)).href}/`);
  }
  const names = await packNames(packs);
  if (names.includes(pack)) return new URL(`${pack}/`, packs);
  const known = names.length === 0 ? "none was added" : `added: ${names.join(", ")}`;
  const message = `there is no pack of this name (${known}); "models add SOURCE" adds one, ` +
    "and a path with a slash names a folder";
  throw new InputError({ file: "--pack", field: pack, message });
}

async function realPath(path: string): Promise<string> {
  return await Deno.realPath(path).catch((error: unknown) => {
    throw new InputError({ file: path, field: "--pack", message: `cannot read: ${why(error)}` });
  });
}

/** The packs that were added, by name. */
export async function packNames(packs: URL = PACKS): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(packs)) {
      if (isDirectory && !name.startsWith(".")) names.push(name);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) {
      const message = `cannot be read as the folder of packs: ${why(error)}`;
      throw new InputError({ file: shown(packs), field: "", message });
    }
  }
  return names.sort();
}

/** A pack that was added, by the name that --pack takes; or what is wrong with it. */
export interface FoundPack {
  readonly name: string;
  readonly folder: URL;
  readonly pack: Pack | InputError;
}

/** The packs that were added, by name; a bad one hides none of the others. */
export async function foundPacks(packs: URL = PACKS): Promise<readonly FoundPack[]> {
  return await Promise.all((await packNames(packs)).map(async (name) => {
    const folder = new URL(`${name}/`, packs);
    const pack = await readPack(folder).catch((error: unknown) => {
      if (error instanceof InputError) return error;
      throw error;
    });
    return { name, folder, pack };
  }));
}

/** Reads and checks a folder's manifest; a pack's may leave roles out. */
export function readManifest(folder: URL = SHIPPED_MODELS): Promise<Manifest> {
  return readBy(parseManifest, folder);
}

export function readPack(folder: URL): Promise<Pack> {
  return readBy(parsePack, folder);
}

async function readBy<T>(parse: (value: unknown) => T, folder: URL): Promise<T> {
  const url = new URL("manifest.json", folder);
  return parsedManifest(parse, await readText(url, "model manifest"), shown(url));
}

/** What a manifest's text says; the error names the file and the field. */
export function parsedManifest<T>(parse: (value: unknown) => T, text: string, file: string): T {
  let manifest: T;
  try {
    // Some editors put a byte order mark before what they write.
    manifest = parse(JSON.parse(text.replace(/^\ufeff/, "")));
  } catch (error) {
    throw new InputError({ file, field: "", message: `is not a manifest: ${why(error)}` });
  }
  const twice = nameTwice(text);
  if (twice === null) return manifest;
  throw new InputError({
    file,
    field: twice,
    message: "stands twice in one part; keep one of them",
  });
}
