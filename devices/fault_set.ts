/**
 * Which faults of a device are on.
 *
 * @module
 */
import { assert } from "../core/assert.ts";
import type { FaultEntry } from "./device.ts";

export class FaultSet<Id extends string> {
  readonly #active = new Set<string>();
  readonly #catalogue: readonly FaultEntry[];

  constructor(catalogue: readonly (FaultEntry & { readonly id: Id })[]) {
    this.#catalogue = catalogue;
  }

  /** Turns a fault on or off; says whether that changed anything. An unknown id is a bug. */
  set(id: string, active: boolean): boolean {
    assert(
      this.#catalogue.some((entry) => entry.id === id),
      () => `${id} is a fault of this device`,
    );
    if (this.#active.has(id) === active) return false;
    if (active) this.#active.add(id);
    else this.#active.delete(id);
    return true;
  }

  has(id: Id): boolean {
    return this.#active.size > 0 && this.#active.has(id);
  }

  /** Whether nothing is broken, as nearly always. */
  get none(): boolean {
    return this.#active.size === 0;
  }

  /** Sorted, for `state()`. */
  list(): readonly string[] {
    return this.none ? [] : [...this.#active].sort();
  }
}
