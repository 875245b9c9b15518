/**
 * One ONNX model whose bytes are the ones the manifest names.
 *
 * @module
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { assert } from "../assert.ts";
import type { ModelEntry } from "./manifest.ts";
import { openSession, type OrtRuntime, type OrtSession } from "./runtime.ts";

/** The bytes of a model are not those its manifest was made with. */
export class ModelHashError extends Error {
  override name = "ModelHashError";
  readonly file: string;
  readonly expected: string;
  readonly actual: string;

  constructor(file: string, expected: string, actual: string) {
    super(`Cannot use model ${file}: its sha256 is ${actual}, the manifest says ${expected}`);
    this.file = file;
    this.expected = expected;
    this.actual = actual;
  }
}

/** The sha256 of a model's bytes, checked against the manifest's. */
export function checkModelHash(entry: ModelEntry, bytes: Uint8Array): string {
  const actual = bytesToHex(sha256(bytes));
  if (actual !== entry.sha256) throw new ModelHashError(entry.file, entry.sha256, actual);
  return actual;
}

/** A model ready to run: bytes in, numbers out. */
export class Model {
  readonly #ort: OrtRuntime;
  readonly #session: OrtSession;
  readonly #entry: ModelEntry;
  /** Hex SHA-256 of the model's bytes. */
  readonly sha256: string;

  private constructor(ort: OrtRuntime, session: OrtSession, entry: ModelEntry) {
    this.#ort = ort;
    this.#session = session;
    this.#entry = entry;
    this.sha256 = entry.sha256;
  }

  /** Checks the hash, then opens the session. */
  static async open(ort: OrtRuntime, entry: ModelEntry, bytes: Uint8Array): Promise<Model> {
    checkModelHash(entry, bytes);
    return new Model(ort, await openSession(ort, bytes), entry);
  }

  /** Runs once on `input`, laid out as the manifest's `input.shape`; the first output. */
  async run(input: Uint8Array): Promise<Float32Array> {
    const { input: wants, output } = this.#entry;
    const size = wants.shape.reduce((product, side) => product * side, 1);
    assert(input.length === size, `${this.#entry.file} takes ${size} bytes, not ${input.length}`);
    const tensor = new this.#ort.Tensor("uint8", input, wants.shape);
    const answer = (await this.#session.run({ [wants.name]: tensor }))[output.name];
    const data = answer?.data;
    assert(data instanceof Float32Array, `${this.#entry.file} answers floats as ${output.name}`);
    return data;
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}
