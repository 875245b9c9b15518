/** The key by which a bundle or a proof has to be signed. */
import { isPublicKey } from "../evidence/mod.ts";
import { InputError } from "../plan/mod.ts";
import { readText } from "./files.ts";

/** @throws {InputError} where the file is something else, its private half for one */
export async function readPublicKey(file: string): Promise<string> {
  const pem = await readText(file, "key");
  if (await isPublicKey(pem)) return pem;
  const message = "is no Ed25519 public key; give the one that ends in .pub";
  throw new InputError({ file, field: "--key", message });
}
