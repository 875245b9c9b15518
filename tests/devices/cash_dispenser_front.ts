/** A dispenser with its client, and where its notes are. */
import assert from "node:assert/strict";
import { type CashDispenser, createCashDispenser, type Profile } from "../../devices/mod.ts";
import { Client, lobbyProfile, TestWorld } from "./surroundings.ts";

export type Whereabouts = Record<string, Record<string, number>>;

export function dispenser(change: (profile: Profile) => void = () => {}) {
  const world = new TestWorld();
  const profile = lobbyProfile();
  change(profile);
  const device = createCashDispenser(profile, world);
  return { world, device, profile, client: new Client(world, device) };
}

export function wish(yuan: number) {
  return { denomination: { service: { currencies: { CNY: yuan }, mix: "mix1" } } };
}

export function dispense(client: Client, yuan: number) {
  return client.ask("CashDispenser.Dispense", { denomination: wish(yuan) }, 10_000);
}

export function places(device: CashDispenser): Whereabouts {
  return device.state()["notes"] as Whereabouts;
}

export function yuanAt(device: CashDispenser, place: string): number {
  return Object.entries(places(device)[place] ?? {})
    .reduce((sum, [value, count]) => sum + Number(value) * count, 0);
}

export function total(device: CashDispenser): number {
  return Object.keys(places(device)).reduce((sum, place) => sum + yuanAt(device, place), 0);
}

/** Cash at the open shutter. */
export function presented(yuan: number) {
  const machine = dispenser();
  assert.equal(dispense(machine.client, yuan).code, "success");
  assert.equal(machine.client.ask("CashDispenser.Present", {}, 10_000).code, "success");
  return machine;
}
