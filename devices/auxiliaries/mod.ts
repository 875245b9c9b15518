/**
 * The sensors around the machine: service name `auxiliaries`, interface Auxiliaries.
 *
 * **What it models.** What the machine notices of the world around it, and the few things it can set:
 *
 *   somebody in front ─► proximitySensor        light in the lobby ─► ambientLightSensor
 *   a hand inside ─────► cabinetDoor, safeDoor, operatorSwitch
 *   violence ──────────► tamperSensor, internalTamperSensor, seismicSensor, heatSensor, vandalShield
 *   the power supply ──► UPS                    the screen ─► consumerDisplaySensor
 *
 * - Every change is told as `Common.StatusChangedEvent { auxiliaries: … }` with what changed. It is told
 *   without `Register`; by `Register` a client silences a sensor for itself (`deregister`), for as long as
 *   it is connected, and wakes it again.
 * - `SetAuxiliaries` bolts doors, opens the shop sign, sounds the alarm, sets the volume. A door that
 *   stands open cannot be bolted, and what is not fitted is `invalidAuxiliary`.
 * - `SetAutoStartupTime` is kept in the machine's store, which can be full (E9).
 *
 * **Timings.** None: a sensor is told at once. **Faults.** E5 to E9: see {@linkcode AUXILIARIES_FAULTS}.
 * They are things that happen to the machine: while one is on, its sensors say so whatever they said
 * before.
 *
 * **Invariants.** One event for one change. A silenced sensor still answers `Common.Status`.
 *
 * @module
 */
export { AUXILIARIES_FAULTS, type AuxiliariesStatus } from "./sensors.ts";
export { type Auxiliaries, createAuxiliaries } from "./auxiliaries.ts";
