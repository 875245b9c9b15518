/**
 * Every fault of the catalogue, struck where it matters, and the run told to its end: it ends as the
 * core's own table says, the customer is told what becomes of the money, and somebody is called.
 */
import assert from "node:assert/strict";
import { machineText, screenTexts } from "../../core/locale/mod.ts";
import {
  type Answer,
  ANSWERS,
  type FaultId,
  type Language,
  type Screen,
  type Symptom,
  SYMPTOM_OF,
} from "../../core/session/mod.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { portsOf } from "../../sim/adapters/ports.ts";
import { EVERY_DEVICE, FAULT_CATALOGUE } from "../../sim/faults/mod.ts";
import type { Fault } from "../../sim/plan/mod.ts";
import { runPlan, type RunPorts, type RunResult } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "./credulous.ts";

const pipeline = await openModels();
globalThis.addEventListener("unload", () => void pipeline.release());
const SEEING = portsOf(pipeline);

const command = (name: string): Fault["when"] => ({ command: name, nth: 1 });
const state = (name: string): Fault["when"] => ({ state: name, nth: 1 });

/** Where each device's faults matter. */
const WHERE: Readonly<Record<string, Fault["when"]>> = {
  camera: command("Camera.TakePicture"),
  biometric: state("capturing"),
  pinpad: command("PinPad.GetPinBlock"),
  cashdispenser: command("CashDispenser.Dispense"),
  printer: command("Printer.PrintNative"),
  network: { host_message: "0100", nth: 1 },
  auxiliaries: state("choosing_service"),
  powermanagement: state("choosing_service"),
  lights: state("choosing_service"),
  clock: { at_s: 0 },
  face: state("capturing"),
  power: state("choosing_service"),
  program: state("choosing_service"),
  // The number is being typed.
  services: { at_s: 6 },
};

const TYPING = ["K1", "K2", "K3", "K4", "K5", "K6", "K8", "K9", "K10", "K11", "K19"];
const ELSEWHERE: { readonly [Id in FaultId]?: Fault["when"] } = {
  ...Object.fromEntries(TYPING.map((id) => [id, command("Keyboard.DataEntry")])),
  K7: command("Keyboard.PinEntry"),
  N4: { host_message: "0210", nth: 1 },
  D17: command("CashDispenser.Present"),
};

/** What a device's failing comes to. */
const OF_DEVICE: Readonly<Record<string, Symptom>> = {
  camera: "camera_dead",
  pinpad: "seal_broken",
  cashdispenser: "cash_not_dispensed",
  printer: "receipt_lost",
};

/** Pictures that have to be looked at. */
function needsEyes(id: string): boolean {
  return id.startsWith("C");
}

async function struck(fault: Fault): Promise<RunResult> {
  // Cash that is left has somebody who leaves it.
  const left = SYMPTOM_OF[fault.id as FaultId] === "cash_left";
  const scenario = left ? "cash-not-taken" : "returning-customer";
  const plan = await planFrom(scenario, { faults: [fault], expect: [{}] });
  const ports: RunPorts = needsEyes(fault.id) ? SEEING : CREDULOUS;
  return await runPlan(plan, ports);
}

function pages({ trace }: RunResult): Record<string, unknown>[] {
  return trace.lines.flatMap((line) => line.type === "screen" ? [line.screen] : []);
}

/** What becomes of the money; where no face could be seen, the way that needs none. */
function hintOf({ money, ends }: Answer, language: Language): string | null {
  if (money !== null) return machineText(language, `money-${money}`);
  const unseen = ends?.[1] === "face_unusable" || ends?.[1] === "camera_failed";
  return unseen ? machineText(language, "page-face_deleted-hint") : null;
}

/** What a customer reads at the end, in three languages. */
function check(result: RunResult, answer: Answer, what: string): void {
  const { ending, findings } = result;
  assert.deepEqual(findings, [], what);
  const [outcome, reason] = answer.ends ?? ["served", "cash_taken"];
  assert.deepEqual([ending.outcome, ending.reason], [outcome, reason], what);
  const sorry = pages(result).findLast(({ page }) => page === "sorry");
  // Where power is lost nobody reads anything; the journal says what was found afterwards.
  if (outcome !== "served" && reason !== "power_lost") {
    assert.equal(sorry?.["money"] ?? null, answer.money, `${what}: what is said of the money`);
    for (const language of ["bo", "zh", "en"] as const) {
      const { body, hint } = screenTexts(sorry as unknown as Screen, language);
      assert.ok(body !== null, `${what}: why, in ${language}`);
      assert.equal(hint, hintOf(answer, language), `${what}: the money, in ${language}`);
    }
  }
  const called = ending.journal.includes("operator_called");
  if (answer.operator) assert.ok(called, `${what}: an operator is called`);
  if (answer.then !== "out_of_service") return;
  assert.equal(pages(result).at(-1)?.["page"], "out_of_service", `${what}: nobody else is served`);
}

for (const { id, device, does } of FAULT_CATALOGUE) {
  const symptom = SYMPTOM_OF[id as FaultId];
  const devices = device === EVERY_DEVICE ? Object.keys(OF_DEVICE) : [device];
  Deno.test(`answer to ${id}, ${does.toLowerCase()}: ${symptom.replaceAll("_", " ")}`, async () => {
    for (const whose of devices) {
      const when = ELSEWHERE[id as FaultId] ?? WHERE[whose];
      assert(when !== undefined, `${whose} is used somewhere`);
      const fault = { id, when, ...(device === EVERY_DEVICE ? { device: whose } : {}) };
      const own = symptom === "as_its_device" ? OF_DEVICE[whose] : symptom;
      assert(own !== undefined);
      // Something foreign at the camera leaves the way without a face open; at the printer, the cash.
      if (id === "G10" && (whose === "camera" || whose === "printer")) continue;
      check(await struck(fault), ANSWERS[own], `${id} of ${whose}`);
    }
  });
}

Deno.test("answers: every fault of the catalogue has one, and every answer is of a fault", () => {
  const ids = FAULT_CATALOGUE.map(({ id }) => id);
  for (const id of ids) assert.ok(id in SYMPTOM_OF, id);
});
