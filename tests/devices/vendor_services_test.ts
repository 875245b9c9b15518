/** Maintenance from outside: every application is asked before the machine goes out of service. */
import assert from "node:assert/strict";
import { createVendorApplication, createVendorMode } from "../../devices/mod.ts";
import { XFS_PATH } from "../../sim/world/paced/mod.ts";
import { FaultBench } from "./fault_bench.ts";
import { Client, TestWorld } from "./surroundings.ts";
import { WireClient } from "./xfs_wire.ts";

function vendorMode() {
  const world = new TestWorld();
  const device = createVendorMode(world);
  return { world, device, client: new Client(world, device) };
}

Deno.test("vendor mode: it is entered when every registered application has agreed", () => {
  const { client } = vendorMode();
  for (const appName of ["teller", "dashboard"]) client.ask("VendorMode.Register", { appName });
  client.ask("VendorMode.EnterModeRequest", {});
  assert.equal(client.told("VendorMode.EnterModeRequestEvent").length, 1);
  client.ask("VendorMode.EnterModeAcknowledge", {});
  assert.equal(client.told("VendorMode.ModeEnteredEvent").length, 0, "one has not agreed yet");
  client.ask("VendorMode.EnterModeAcknowledge", {});
  assert.equal(client.told("VendorMode.ModeEnteredEvent").length, 1);
  client.ask("VendorMode.ExitModeRequest", {});
  for (let n = 0; n < 2; n++) client.ask("VendorMode.ExitModeAcknowledge", {});
  const [exited] = client.told("VendorMode.ModeExitedEvent");
  assert.deepEqual(exited, { connectedApplications: ["teller", "dashboard"] });
});

Deno.test("vendor mode: with nobody to ask it changes at once, and a step out of order is told", () => {
  const { client } = vendorMode();
  assert.equal(client.ask("VendorMode.ExitModeRequest", {}).code, "sequenceError");
  assert.equal(client.ask("VendorMode.EnterModeAcknowledge", {}).code, "sequenceError");
  client.ask("VendorMode.EnterModeRequest", {});
  const { vendorMode: status } = client.ask("Common.Status", {}).payload;
  assert.equal(status?.service, "active");
  assert.equal(client.ask("VendorMode.EnterModeRequest", {}).code, "sequenceError");
});

Deno.test("vendor mode: an application that is connected no more is not waited for", () => {
  const bench = new FaultBench();
  const endpoint = bench.services.at(`${XFS_PATH}/vendormode`)!;
  const [alive, crashed, program] = Array.from({ length: 3 }, () => new WireClient(endpoint)) as [
    WireClient,
    WireClient,
    WireClient,
  ];
  alive.command("VendorMode.Register", 1, { appName: "alive" });
  crashed.command("VendorMode.Register", 1, { appName: "crashed" });
  program.command("VendorMode.EnterModeRequest", 1, {});
  program.command("VendorMode.EnterModeAcknowledge", 2, {});
  assert.equal(program.code(2), "sequenceError", "it was not asked");
  alive.command("VendorMode.EnterModeAcknowledge", 2, {});
  assert.equal(bench.status("vendormode")["vendorMode"]?.["service"], "enterPending");
  crashed.connection.closed();
  bench.pass(1);
  assert.equal(bench.status("vendormode")["vendorMode"]?.["service"], "active");
  program.command("VendorMode.ExitModeRequest", 3, {});
  alive.command("VendorMode.ExitModeAcknowledge", 3, {});
  assert.deepEqual(bench.told("VendorMode.ModeExitedEvent"), [
    { connectedApplications: ["alive"] },
  ]);
});

Deno.test("vendor mode: after a power cut the machine is in service", () => {
  const { device, client } = vendorMode();
  client.ask("VendorMode.EnterModeRequest", {});
  device.powerCut?.();
  assert.equal(client.ask("Common.Status", {}).payload.vendorMode?.service, "inactive");
});

Deno.test("vendor application: its screen and its program are told when they change, and only then", () => {
  const world = new TestWorld();
  const device = createVendorApplication(world);
  const client = new Client(world, device);
  const screen = (activeInterface: "consumer" | "operator") =>
    client.ask("VendorApplication.SetActiveInterface", { activeInterface });
  screen("consumer");
  assert.equal(client.told("VendorApplication.InterfaceChangedEvent").length, 0);
  screen("operator");
  assert.deepEqual(client.ask("VendorApplication.GetActiveInterface", {}).payload, {
    activeInterface: "operator",
  });
  const start = () =>
    client.ask("VendorApplication.StartLocalApplication", { accessLevel: "full" });
  assert.equal(start().code, "success");
  assert.equal(start().code, "sequenceError");
  assert.equal(device.exit(), true);
  assert.equal(device.exit(), false);
  assert.equal(client.told("VendorApplication.VendorAppExitedEvent").length, 1);
});
