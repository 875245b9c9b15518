/**
 * Which faults of a device are on.
 *
 * @module
 */
import { assert } from "../core/assert.ts";
import type { FaultEntry } from "./device.ts";

export class FaultSet<Id extends string> {
  readonly #active = new Set<string>();
  readonly #known: ReadonlySet<string>;

  constructor(catalogue: readonly (FaultEntry & { readonly id: Id })[]) {
    this.#known = new Set(catalogue.map((entry) => entry.id));
  }

  /** Turns a fault on or off; says whether that changed anything. An unknown id is a bug. */
  set(id: string, active: boolean): boolean {
    assert(this.#known.has(id), `${id} is a fault of this device`);
    if (this.#active.has(id) === active) return false;
    if (active) this.#active.add(id);
    else this.#active.delete(id);
    return true;
  }

  has(id: Id): boolean {
    return this.#active.has(id);
  }

  /** Sorted, for `state()`. */
  list(): readonly string[] {
    return [...this.#active].sort();
  }
}
