/**
 * The gallery's file: what was rendered and inferred once is not done again by the next campaign.
 *
 * It belongs to one renderer, one set of models and one face pipeline: its name is a hash over their
 * sources, so that a change of any of them begins a new one. Its first line is a hash over the rest: what
 * was damaged would be taken for what the models said. A search needs no gallery: one that cannot be read
 * or kept is told of, and costs nothing but time.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { EMPTY_PAGES, entriesOn, type GalleryPages, mergedPages } from "../campaign/mod.ts";
import { sha256Hex } from "../trace/mod.ts";
import { HOME, shown, why, writeWhole } from "./files.ts";
import { complain } from "./terminal.ts";

/** Whatever a picture or a judgement depends on. */
const SOURCES = ["core/face/", "core/numeric/", "devices/camera/", "models/", "sim/people/"];

/** Where galleries are kept; a folder that can be deleted at any time. */
const FOLDER = new URL("data/gallery/", HOME);

async function* filesIn(folder: URL): AsyncGenerator<URL> {
  for await (const entry of Deno.readDir(folder)) {
    const url = new URL(entry.name + (entry.isDirectory ? "/" : ""), folder);
    if (entry.isFile && /\.(ts|onnx|json)$/.test(entry.name)) yield url;
    else if (entry.isDirectory && folder.href !== new URL("models/", HOME).href) {
      yield* filesIn(url);
    }
  }
}

async function fileOf(folder: URL): Promise<URL> {
  const urls: URL[] = [];
  for (const source of SOURCES) {
    for await (const url of filesIn(new URL(source, HOME))) urls.push(url);
  }
  const hash = sha256.create();
  for (const url of urls.toSorted((a, b) => a.href < b.href ? -1 : 1)) {
    hash.update(await Deno.readFile(url));
  }
  return new URL(`${bytesToHex(hash.digest()).slice(0, 24)}.json`, folder);
}

export interface GalleryFile {
  /** What there was when it was opened. */
  readonly pages: GalleryPages;
  /** Adds what was learnt to what there was and what was added before; tells of it if it cannot. */
  keep(learnt: readonly GalleryPages[]): Promise<void>;
}

/** @param folder where the file lies or will; ends in a slash */
export async function openGalleryFile(folder: URL = FOLDER): Promise<GalleryFile> {
  const file = await fileOf(folder);
  const pages = await pagesIn(file);
  let kept = pages;
  let told = false;
  return {
    pages,
    async keep(learnt) {
      if (learnt.every((part) => entriesOn(part) === 0)) return;
      kept = mergedPages([kept, ...learnt]);
      try {
        await Deno.mkdir(folder, { recursive: true });
        await writeWhole(file, hashed(JSON.stringify(kept)));
      } catch (error) {
        if (!told) complain(`${shown(file)}: what was learnt of faces is not kept: ${why(error)}`);
        told = true;
      }
    },
  };
}

/** What stands in this file; nothing where there is none, or a damaged one: then it is made anew. */
async function pagesIn(file: URL): Promise<GalleryPages> {
  let text: string;
  try {
    text = await Deno.readTextFile(file);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) {
      complain(`${shown(file)}: what was learnt of faces cannot be read: ${why(error)}`);
    }
    return EMPTY_PAGES;
  }
  const json = text.slice(text.indexOf("\n") + 1);
  return text === hashed(json) ? JSON.parse(json) : EMPTY_PAGES;
}

function hashed(json: string): string {
  return `${sha256Hex(json)}\n${json}`;
}
