/** What happens to the machine as a whole, over the wire: power, doors, blows, switches. */
import assert from "node:assert/strict";
import { AUXILIARIES_FAULTS, SUPPLY_FAULTS } from "../../devices/mod.ts";
import { XFS_PATH } from "../../sim/world/paced/mod.ts";
import { FaultBench } from "./fault_bench.ts";
import { WireClient } from "./xfs_wire.ts";

type Id = (typeof AUXILIARIES_FAULTS | typeof SUPPLY_FAULTS)[number]["id"];

function broken(id: Id): FaultBench {
  const bench = new FaultBench();
  bench.status("auxiliaries"); // somebody is connected, and hears of it
  bench.status("powermanagement");
  bench.break(id);
  return bench;
}

function power(bench: FaultBench): Record<string, unknown> {
  return (bench.status("powermanagement")["powerManagement"]?.["info"] ?? {}) as Record<
    string,
    unknown
  >;
}

function sensors(bench: FaultBench): Record<string, unknown> {
  return bench.status("auxiliaries")["auxiliaries"] ?? {};
}

const EXERCISES: Record<Id, () => void> = {
  E1: () => {
    const bench = broken("E1");
    assert.deepEqual(power(bench), {
      powerInStatus: "noPower",
      powerOutStatus: "powering",
      batteryStatus: "full",
      batteryChargingStatus: "discharging",
    });
    const ups = { low: false, engaged: true, powering: true, recovered: false };
    assert.deepEqual(sensors(bench)["UPS"], ups);
    assert.ok(
      bench.told("Common.StatusChangedEvent").some((told) =>
        (told["auxiliaries"] as Record<string, unknown> | undefined)?.["UPS"] !== undefined
      ),
    );
    bench.clear("E1");
    assert.equal(power(bench)["powerInStatus"], "powering");
  },
  E2: () => {
    const bench = broken("E2");
    assert.equal(power(bench)["batteryStatus"], "low");
    assert.equal((sensors(bench)["UPS"] as Record<string, unknown>)["low"], true);
    bench.pass(20_000);
    assert.equal(power(bench)["batteryStatus"], "critical");
    bench.clear("E2");
    bench.break("E2");
    bench.pass(15_000);
    bench.clear("E2");
    bench.break("E2");
    bench.pass(19_000);
    assert.equal(power(bench)["batteryStatus"], "low", "a battery that was charged lasts as long");
    bench.pass(1_000);
    assert.equal(power(bench)["batteryStatus"], "critical");
  },
  E4: () => {
    const bench = broken("E1");
    bench.break("E4");
    assert.equal(power(bench)["powerInStatus"], "powering");
    assert.equal((sensors(bench)["UPS"] as Record<string, unknown>)["recovered"], true);
    const running = broken("E2");
    running.break("E4");
    running.pass(60_000);
    const { batteryStatus, batteryChargingStatus } = power(running);
    assert.deepEqual([batteryStatus, batteryChargingStatus], ["low", "charging"]);
    running.clear("E4");
    running.pass(19_000);
    assert.equal(power(running)["batteryStatus"], "low", "it runs down anew");
    running.pass(1_000);
    assert.equal(power(running)["batteryStatus"], "critical");
  },
  E5: () => {
    const bench = broken("E5");
    const { tamperSensor, seismicSensor, heatSensor } = sensors(bench);
    assert.deepEqual([tamperSensor, seismicSensor, heatSensor], ["on", "on", "on"]);
    assert.equal(bench.told("Common.ErrorEvent")[0]?.["eventId"], "fraudAttempt");
  },
  E6: () => {
    const { cabinetDoor, safeDoor, vandalShield } = sensors(broken("E6"));
    assert.deepEqual([cabinetDoor, safeDoor, vandalShield], ["open", "tampered", "jammed"]);
  },
  E7: () => {
    const bench = broken("E7");
    assert.deepEqual(bench.told("Common.StatusChangedEvent"), [
      { auxiliaries: { operatorSwitch: "supervisor" } },
    ]);
    bench.clear("E7");
    assert.equal(sensors(bench)["operatorSwitch"], "run");
  },
  E8: () => assert.equal(sensors(broken("E8"))["consumerDisplaySensor"], "displayError"),
  E9: () => {
    const bench = broken("E9");
    const startup = { mode: "daily", startTime: { hour: 7, minute: 30 } };
    const set = () => bench.ask("auxiliaries", "Auxiliaries.SetAutoStartupTime", startup).code;
    assert.equal(set(), "notEnoughSpace");
    const { common } = bench.status("auxiliaries");
    assert.deepEqual(common?.["persistentDataStore"], { remaining: 0 });
    bench.clear("E9");
    assert.equal(set(), "success");
    const kept = bench.ask("auxiliaries", "Auxiliaries.GetAutoStartupTime").payload;
    assert.deepEqual(kept, startup);
  },
};

for (const { id, does } of [...SUPPLY_FAULTS, ...AUXILIARIES_FAULTS]) {
  Deno.test(`fault ${id} on the wire: ${does.toLowerCase()}`, EXERCISES[id]);
}

Deno.test("auxiliaries: a sensor is silent while nobody wants to hear of it", () => {
  const bench = new FaultBench();
  const register = (operatorSwitch: string) =>
    bench.ask("auxiliaries", "Auxiliaries.Register", { operatorSwitch }).code;
  assert.equal(register("deregister"), "success");
  bench.break("E7");
  assert.deepEqual(bench.told("Common.StatusChangedEvent"), []);
  assert.equal(sensors(bench)["operatorSwitch"], "supervisor", "it answers when it is asked");
  assert.equal(register("register"), "success");
  bench.clear("E7");
  assert.equal(bench.told("Common.StatusChangedEvent").length, 1);
  const unknown = bench.ask("auxiliaries", "Auxiliaries.Register", { handsetSensor: "register" });
  assert.equal(unknown.code, "invalidAuxiliary");
});

Deno.test("auxiliaries: a sensor is silent for the client that wants nothing of it, and no other", () => {
  const bench = new FaultBench();
  const endpoint = bench.services.at(`${XFS_PATH}/auxiliaries`)!;
  const [deaf, other] = [new WireClient(endpoint), new WireClient(endpoint)];
  const changes = ({ messages }: WireClient) =>
    messages.filter(({ header }) => header.name === "Common.StatusChangedEvent").length;
  deaf.command("Auxiliaries.Register", 1, { proximitySensor: "deregister" });
  assert.equal(deaf.code(1), "success");
  bench.does({ stand: { person: 3 } });
  assert.deepEqual([changes(deaf), changes(other)], [0, 1]);
  bench.break("E7");
  assert.deepEqual(
    [changes(deaf), changes(other)],
    [1, 2],
    "another sensor's change is told to all",
  );
});

Deno.test("auxiliaries: doors are bolted, the alarm is sounded, what is not fitted is refused", () => {
  const bench = new FaultBench();
  const set = (wish: object) => bench.ask("auxiliaries", "Auxiliaries.SetAuxiliaries", { ...wish });
  assert.equal(set({ safeDoor: "unbolt", audibleAlarm: "on", volume: 3 }).code, "success");
  const { safeDoor, audibleAlarm, volume } = sensors(bench);
  assert.deepEqual([safeDoor, audibleAlarm, volume], ["locked", "on", 3]);
  assert.equal(set({ heating: "on" }).code, "invalidAuxiliary");
  bench.break("E1");
  const refused = set({ volume: 7, ups: "disengage" });
  assert.deepEqual([refused.code, sensors(bench)["volume"]], ["invalidAuxiliary", 3]);
  bench.break("E6");
  assert.equal(set({ safeDoor: "bolt" }).code, "invalidAuxiliary", "a door that stands open");
});
