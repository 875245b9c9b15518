/** The face as an XFS4IoT service, on the shipped models: one template, one person before the lens. */
import assert from "node:assert/strict";
import { milliseconds } from "../../core/units.ts";
import {
  command,
  type CommandName,
  type CommandPayload,
  type CompletionMessage,
  type CompletionPayload,
  type DeviceMessage,
  payloadOf,
  problemOf,
} from "../../core/xfs4iot/mod.ts";
import { render } from "../../devices/camera/mod.ts";
import { openModels } from "../../sim/adapters/models.ts";
import { randomBytes } from "../../sim/adapters/ports.ts";
import { control, PacedMachine } from "../../sim/world/paced/mod.ts";
import { lobbyProfile } from "../devices/surroundings.ts";

const pipeline = await openModels();
globalThis.addEventListener("unload", () => void pipeline.release());

function machine() {
  const heard: DeviceMessage[] = [];
  const paced = new PacedMachine({
    profile: lobbyProfile(),
    seed: 1,
    render,
    face: (frames) => pipeline.serve(frames, randomBytes),
    heard: (_service, message) => {
      assert.equal(problemOf(message), null);
      heard.push(message);
    },
  });
  let id = 0;
  /** Time passes, and real work gets its turn, until the command is completed. */
  const ask = async <N extends CommandName>(
    name: N,
    payload: CommandPayload<N>,
    timeout_ms = 60_000,
  ): Promise<{ code: string; payload: CompletionPayload<N> }> => {
    const requestId = ++id;
    paced.receive("biometric", command(name, requestId, payload, timeout_ms));
    for (let turns = 0; turns < 4_000; turns++) {
      const done = heard.find((message): message is CompletionMessage =>
        message.header.type === "completion" && message.header.requestId === requestId
      );
      if (done !== undefined) {
        const said = payloadOf(done, name, "completion");
        const { errorCode } = said as { errorCode?: string };
        return { code: errorCode ?? done.header.completionCode, payload: said };
      }
      paced.advance(milliseconds(50));
      await new Promise((resolve) => setTimeout(resolve));
    }
    throw new Error(`${name} was never completed`);
  };
  const stand = (person: number, attack: string | null = null) =>
    assert.equal(control(paced, { stand: { person, distance_cm: 45, attack } }), null);
  return { paced, heard, ask, stand };
}

Deno.test("biometric: a face is read, sealed, brought back, and known again; another is not", async () => {
  const { heard, ask, stand } = machine();
  stand(3007);
  const read = await ask("Biometric.Read", { mode: "scan" });
  assert.equal(read.code, "success");
  const [scanned] = read.payload.dataRead!;
  assert(scanned!.data!.length <= 24, "a name, not a template");
  const brought = await ask("Biometric.Import", { templates: [scanned!] });
  assert.deepEqual(brought.payload.templates, { id1: { format: "reservedTemplate1" } });

  const match = () => ask("Biometric.Match", { compareMode: "verify", identifier: "id1" });
  await ask("Biometric.SetMatch", { compareMode: "verify", identifier: "id1" });
  assert.equal((await ask("Biometric.Read", { mode: "match" })).code, "success");
  const same = await match();
  assert(same.payload.candidates!["id1"]!.confidenceLevel! > 50);

  stand(3123);
  await ask("Biometric.Read", { mode: "match" });
  assert.deepEqual((await match()).payload.candidates, {}, "somebody else");
  const names = heard.map(({ header }) => header.name);
  assert(names.includes("Biometric.PresentSubjectEvent"));
  assert(names.includes("Biometric.SubjectDetectedEvent"));
});

Deno.test("biometric: a face is never looked for among many", async () => {
  const { ask } = machine();
  for (const name of ["Biometric.Match", "Biometric.SetMatch"] as const) {
    assert.equal((await ask(name, { compareMode: "identity" })).code, "modeNotSupported");
  }
});

Deno.test("biometric: a photo of a face is an attempt at fraud, until the device is reset", async () => {
  const { heard, ask, stand } = machine();
  stand(3007, "printed-photo");
  assert.equal((await ask("Biometric.Read", {})).code, "fraudAttempt");
  assert(heard.some(({ header }) => header.name === "Common.ErrorEvent"));
  const status = async () => (await ask("Common.Status", {})).payload.common?.device;
  assert.equal(await status(), "fraudAttempt");
  await ask("Biometric.Reset", {});
  assert.equal(await status(), "online");
  const match = await ask("Biometric.Match", { compareMode: "verify", identifier: "id1" });
  assert.equal(match.code, "noImportedData");
});

Deno.test("biometric: with nobody there it waits as long as it may", async () => {
  const { ask } = machine();
  assert.equal((await ask("Biometric.Read", {}, 2_000)).code, "timeOut");
});

Deno.test("biometric: what was cleared is gone, and what was never scanned here is nobody's", async () => {
  const { ask, stand } = machine();
  stand(3007);
  const { payload } = await ask("Biometric.Read", { mode: "scan" });
  const templates = payload.dataRead!;
  const strange = [{ ...templates[0]!, data: "AAAAAAAAAAAAAAAAAAAAAA==" }];
  assert.equal((await ask("Biometric.Import", { templates: strange })).code, "invalidData");
  assert.equal((await ask("Biometric.Import", { templates })).code, "success");
  assert.equal((await ask("Biometric.GetStorageInfo", {})).code, "success");
  assert.equal((await ask("Biometric.Clear", {})).code, "success");
  assert.equal((await ask("Biometric.GetStorageInfo", {})).code, "noImportedData");
  assert.equal((await ask("Biometric.Import", { templates })).code, "invalidData");
});
