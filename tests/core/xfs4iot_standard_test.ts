/** Our messages and the standard's own list of them agree, name by name and enumeration by enumeration. */
import assert from "node:assert/strict";
import { commands, events, findCommand, findEvent } from "../../core/xfs4iot/mod.ts";
import { differences, readStandard, type StandardMessage } from "./xfs4iot_standard.ts";

const STANDARD = readStandard();

/** Camera names are open to vendors: this twin has a name for each of its sensors. */
const VENDORS_OWN = ["payload.camera: has rgb,nir,depth besides"];

function entryOf({ type, name }: StandardMessage) {
  if (type === "command") return findCommand(name);
  if (type === "completion") return findCommand(name)?.completion;
  const found = findEvent(name);
  return found?.type === type ? found : undefined;
}

Deno.test("standard: every message of its list is here, of its type and in its version", () => {
  const missing = STANDARD.messages.filter((each) => entryOf(each)?.version !== each.version)
    .map(({ type, name, version }) => `${type} ${name} ${version}`);
  assert.deepEqual(missing, []);
  assert.equal(STANDARD.messages.length, 287);
});

Deno.test("standard: there is no message here that it does not list", () => {
  const listed = new Set(STANDARD.messages.map(({ name }) => name));
  const ours = [...Object.keys(commands), ...Object.keys(events)];
  assert.deepEqual(ours.filter((name) => !listed.has(name)), []);
});

Deno.test("standard: members, types, enumerations and what must be there are its own", () => {
  const found = STANDARD.messages.flatMap((each) => {
    const entry = entryOf(each);
    assert(entry !== undefined);
    return differences(entry.payload, each.payload, STANDARD)
      .filter((difference) => !VENDORS_OWN.includes(difference))
      .map((difference) => `${each.type} ${each.name} ${difference}`);
  });
  assert.deepEqual(found, []);
});

Deno.test("standard: the comparison sees what differs", () => {
  const present = STANDARD.messages.find(({ type, name }) =>
    type === "completion" && name === "CashDispenser.Present"
  )!;
  const wrong = [
    differences(commands["CashDispenser.Reject"].completion.payload, present.payload, STANDARD),
    differences(commands["Camera.TakePicture"].payload, present.payload, STANDARD),
    differences(commands["CashDispenser.Present"].payload, present.payload, STANDARD),
  ];
  assert.deepEqual(wrong.map((each) => each[0]), [
    "payload.errorCode: has cashUnitError besides",
    "payload: lacks errorCode",
    "payload: lacks errorCode",
  ]);
});
