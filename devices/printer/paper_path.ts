/**
 * The way of a receipt through the printer: printed, in the slot, gone.
 *
 *   print ─► inside ─eject─► slot ─take─► a hand
 *              │              ├─eject of the next─► on the floor
 *              └──put away────┴──────► the bin
 *
 * What is inside stays there, whatever becomes of the command that printed it: it comes out only when it is
 * moved, above whatever is printed next.
 *
 * @module
 */
import type { Json, JsonObject } from "../../core/json.ts";
import { joined } from "./receipt.ts";

type Media = "notPresent" | "present" | "entering" | "retracted";

export class PaperPath {
  /** What stands on the paper that is printed and still inside; and on what is in the slot. */
  #inside: Json = null;
  #slot: Json = null;
  /** How the last receipt went into the bin, while nothing has been printed since. */
  #binned: "no" | "by_command" | "by_itself" = "no";
  #taken = 0;
  #leftBehind = 0;
  #retracted = 0;

  get inside(): boolean {
    return this.#inside !== null;
  }

  get inSlot(): boolean {
    return this.#slot !== null;
  }

  get empty(): boolean {
    return !this.inside && !this.inSlot;
  }

  /** Whether the printer took the last receipt back by itself. */
  get swallowed(): boolean {
    return this.#binned === "by_itself";
  }

  /** The receipt's place: at the slot where a customer can reach it, else inside. The roll is no receipt. */
  get media(): Media {
    if (this.inSlot) return "entering";
    if (this.inside) return "present";
    return this.#binned === "no" ? "notPresent" : "retracted";
  }

  /** Where paper is that cannot be moved. */
  get position(): "present" | "entering" {
    return this.inside ? "present" : "entering";
  }

  print(receipt: Json): void {
    this.#inside = joined(this.#inside, receipt);
    this.#binned = "no";
  }

  /** Out of the slot falls what lay there. */
  eject(): void {
    if (this.inSlot) this.#leftBehind++;
    this.#slot = this.#inside;
    this.#inside = null;
    this.#binned = "no";
  }

  take(): boolean {
    if (!this.inSlot) return false;
    this.#slot = null;
    this.#taken++;
    return true;
  }

  /** All there is goes into the bin. */
  putAway(): void {
    this.#binned = this.empty ? "no" : "by_command";
    this.#retracted += Number(this.inside) + Number(this.inSlot);
    this.#inside = null;
    this.#slot = null;
  }

  /** What is in the slot goes into the bin, and nobody said that it should. */
  swallow(): void {
    this.#slot = null;
    this.#retracted++;
    this.#binned = "by_itself";
  }

  state(): JsonObject {
    return {
      /** What stands on the receipt that can be taken now. */
      slot: this.#slot,
      inside: this.inside,
      taken: this.#taken,
      left_behind: this.#leftBehind,
      retracted: this.#retracted,
    };
  }
}
