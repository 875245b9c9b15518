/**
 * Whether the models' bytes are the ones the manifest names.
 *
 * @module
 */
import {
  checkModelHash,
  type Manifest,
  ModelHashError,
  type Role,
  ROLES,
} from "../../core/face/mod.ts";

/** One line of `models verify`. */
export interface ModelCheck {
  readonly role: Role;
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
  for (const role of ROLES) {
    const entry = manifest[role];
    const bytes = await read(entry.file);
    const problem = problemOf(() => checkModelHash(entry, bytes));
    checks.push({ role, file: entry.file, ok: problem === null, problem });
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
