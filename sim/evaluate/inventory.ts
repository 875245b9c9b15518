/**
 * Whether the models' bytes are the ones the manifest names.
 *
 * @module
 */
import {
  checkModelHash,
  filesOf,
  type Manifest,
  ModelHashError,
  type ModelName,
} from "../../core/face/mod.ts";

/** One line of `models verify`. */
export interface ModelCheck {
  readonly name: ModelName;
  readonly file: string;
  readonly ok: boolean;
  /** Names the file and both hashes; null when all is well. */
  readonly problem: string | null;
}

/** Compares every model's bytes with its hash; `read` gives the bytes of a file of the pack. */
export async function verifyModels(
  manifest: Manifest,
  read: (file: string) => Promise<Uint8Array>,
): Promise<readonly ModelCheck[]> {
  const checks: ModelCheck[] = [];
  for (const [name, entry] of filesOf(manifest)) {
    const bytes = await read(entry.file);
    const problem = problemOf(() => checkModelHash(entry, bytes));
    checks.push({ name, file: entry.file, ok: problem === null, problem });
  }
  return checks;
}

function problemOf(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof ModelHashError) return error.message;
    throw error;
  }
}
