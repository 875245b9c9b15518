/**
 * The references of enrolled people: one is set, read or deleted by its name, and by nothing else.
 *
 * There is deliberately no way to go through them: verification is 1:1.
 *
 * @module
 */
import type { Template } from "./verify.ts";

export class ReferenceStore {
  readonly #templates = new Map<string, Template>();

  get(reference: string): Template | undefined {
    return this.#templates.get(reference);
  }

  set(reference: string, template: Template): void {
    this.#templates.set(reference, template);
  }

  /** Whether there was one to delete. */
  delete(reference: string): boolean {
    return this.#templates.delete(reference);
  }
}
