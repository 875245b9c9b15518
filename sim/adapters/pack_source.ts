/**
 * Where a pack comes from: a folder, a ZIP file, a manifest beside its files, or either of the last
 * two at an https address. Whatever it is, it gives files by name, and never more than was asked for.
 */
import { unzipSync } from "fflate";
import { InputError } from "../plan/mod.ts";
import { why } from "./files.ts";
import { later } from "./wall_time.ts";

export interface PackSource {
  /** As a person would type it. */
  readonly shown: string;
  /** The bytes of a file of the pack, at most `limit` of them. */
  read(file: string, limit: number): Promise<Uint8Array>;
}

const ARCHIVE_BYTES_MAX = 1024 * 1024 * 1024;
/** Files an archive may hold: three models, a manifest, cards and licences. */
const ARCHIVE_FILES_MAX = 64;
/** How long a server may keep silent, before it answers and between two parts of a file. */
const SILENCE_MS_MAX = 60_000;
/** Addresses that one answer may lead to, one after the other. */
const REDIRECTS_MAX = 5;

/** Opens a source; nothing of it is read but an archive's table. */
export async function openSource(source: string): Promise<PackSource> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(source)) return await openAddress(source);
  const { isDirectory } = await Deno.stat(source).catch((error: unknown) => {
    throw new InputError({ file: source, field: "", message: `cannot be read: ${why(error)}` });
  });
  if (isDirectory) return folderSource(source, source);
  if (source.endsWith(".zip")) {
    return archiveSource(source, await readUpTo(ARCHIVE_BYTES_MAX, source));
  }
  if (/(^|\/)manifest\.json$/.test(source)) {
    return folderSource(source, source.includes("/") ? source.replace(/\/[^/]*$/, "") : ".");
  }
  const message = "is no pack: give its folder, its manifest.json, or a .zip of them";
  throw new InputError({ file: source, field: "", message });
}

function folderSource(shown: string, folder: string): PackSource {
  return {
    shown,
    async read(file, limit) {
      return await readUpTo(limit, `${folder}/${file}`);
    },
  };
}

/** Nothing beyond the limit is read: whatever lies there may be of any size, or have no end. */
async function readUpTo(limit: number, path: string): Promise<Uint8Array> {
  const parts = new Parts(path, limit);
  try {
    using file = await Deno.open(path);
    for await (const part of file.readable) parts.add(part);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const message = `cannot read this file of the pack: ${why(error)}`;
    throw new InputError({ file: path, field: "", message });
  }
  return parts.whole();
}

/** Parts of a file, together never more than expected. */
class Parts {
  readonly #file: string;
  readonly #limit: number;
  readonly #parts: Uint8Array[] = [];
  #size = 0;

  constructor(file: string, limit: number) {
    this.#file = file;
    this.#limit = limit;
  }

  add(part: Uint8Array): void {
    this.#size += part.length;
    if (this.#size > this.#limit) throw tooLarge(this.#file, this.#limit);
    this.#parts.push(part);
  }

  whole(): Uint8Array {
    const whole = new Uint8Array(this.#size);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

function archiveSource(shown: string, archive: Uint8Array): PackSource {
  const unpack = (wanted: string, limit: number): Uint8Array | undefined => {
    let seen = 0;
    let fitting = 0;
    const files = unzipSync(archive, {
      filter: ({ name, originalSize }) => {
        seen++;
        if (seen > ARCHIVE_FILES_MAX) {
          throw new InputError({
            file: shown,
            field: "",
            message: "has too many files for a pack",
          });
        }
        // A ZIP of a folder has the folder's name before each file's.
        if (name.replace(/^[^/]+\//, "") !== wanted) return false;
        if (originalSize > limit) throw tooLarge(`${shown}: ${name}`, limit);
        if (++fitting > 1) {
          const message = "is in the archive more than once; give the folder of one pack";
          throw new InputError({ file: shown, field: wanted, message });
        }
        return true;
      },
    });
    return Object.values(files)[0];
  };
  return {
    shown,
    read(file, limit) {
      try {
        const bytes = unpack(file, limit);
        if (bytes !== undefined) return Promise.resolve(bytes);
      } catch (error) {
        if (error instanceof InputError) return Promise.reject(error);
        const message = `is no ZIP file: ${why(error)}`;
        return Promise.reject(new InputError({ file: shown, field: "", message }));
      }
      return Promise.reject(
        new InputError({
          file: shown,
          field: file,
          message: "is not in the archive, at its top or in a folder there",
        }),
      );
    },
  };
}

async function openAddress(address: string): Promise<PackSource> {
  const url = URL.parse(address);
  if (url === null || url.protocol !== "https:") {
    const message = "is not an https address: what travels open can be changed on the way";
    throw new InputError({ file: address, field: "", message });
  }
  if (url.pathname.endsWith(".zip")) {
    return archiveSource(address, await download(url, ARCHIVE_BYTES_MAX));
  }
  const folder = url.pathname.replace(/\/(manifest\.json)?$/, "");
  return {
    shown: address,
    read(file, limit) {
      // What an address asks besides, as for a way in, it asks for each of its files.
      const at = new URL(url);
      at.pathname = `${folder}/${file}`;
      return download(at, limit);
    },
  };
}

async function download(url: URL, limit: number): Promise<Uint8Array> {
  const refused = (message: string) => new InputError({ file: url.href, field: "", message });
  const silence = new Silence();
  try {
    const answer = await answerOf(url, silence.signal, refused);
    const parts = new Parts(url.href, limit);
    for await (const part of answer.body ?? []) {
      silence.broken();
      parts.add(part);
    }
    return parts.whole();
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw refused(`broke off: ${why(error)}`);
  } finally {
    silence.end();
  }
}

/** Follows where a server leads to, as long as every address on the way is https. */
async function answerOf(
  url: URL,
  signal: AbortSignal,
  refused: (message: string) => InputError,
): Promise<Response> {
  let at = url;
  for (let leads = 0; leads <= REDIRECTS_MAX; leads++) {
    const answer = await fetch(at, { signal, redirect: "manual" }).catch((error: unknown) => {
      // "fetch failed" is no reason; its cause is.
      const cause = error instanceof Error ? error.cause ?? error : error;
      throw refused(`cannot be fetched: ${why(cause)}`);
    });
    if (answer.ok) return answer;
    await answer.body?.cancel();
    const leadsTo = answer.headers.get("location");
    if (answer.status < 300 || answer.status >= 400 || leadsTo === null) {
      throw refused(`cannot be fetched: the server answers ${answer.status}`);
    }
    const next = URL.parse(leadsTo, at);
    if (next?.protocol !== "https:") throw refused("leads away from https");
    at = next;
  }
  throw refused(`leads from one address to the next, more than ${REDIRECTS_MAX} times`);
}

/** Aborts what it signals to once nothing has come for {@linkcode SILENCE_MS_MAX}. */
class Silence {
  readonly #aborter = new AbortController();
  #off = () => {};

  constructor() {
    this.broken();
  }

  get signal(): AbortSignal {
    return this.#aborter.signal;
  }

  /** Something has come. */
  broken(): void {
    this.end();
    const late = new Error(`nothing came for ${SILENCE_MS_MAX / 1000} s`);
    this.#off = later(SILENCE_MS_MAX, () => this.#aborter.abort(late));
  }

  end(): void {
    this.#off();
  }
}

function tooLarge(file: string, limit: number): InputError {
  const message = `has more than the ${limit} bytes that were expected`;
  return new InputError({ file, field: "", message });
}
