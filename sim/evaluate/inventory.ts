/**
 * Whether the models' bytes are the ones the manifest names.
 *
 * @module
 */
import {
  checkModelHash,
  filesOf,
  leftOutOf,
  type Manifest,
  ModelHashError,
  type Pack,
} from "../../core/face/mod.ts";

/** One line of `models verify`. */
export interface ModelCheck {
  /** Its role; of a model that never saw some species, its file's. */
  readonly name: string;
  readonly file: string;
  readonly ok: boolean;
  readonly sha256: string;
  /** Names the file and both hashes; null when all is well. */
  readonly problem: string | null;
}

/** Compares every model's bytes with its hash; `read` gives the bytes of a file of the pack. */
export async function verifyModels(
  manifest: Manifest | Pack,
  read: (file: string) => Promise<Uint8Array>,
): Promise<readonly ModelCheck[]> {
  const checks: ModelCheck[] = [];
  for (const [name, entry] of [...filesOf(manifest), ...leftOutOf(manifest)]) {
    const { file, sha256 } = entry;
    const bytes = await read(file);
    const problem = problemOf(() => checkModelHash(entry, bytes));
    checks.push({ name, file, sha256, ok: problem === null, problem });
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
