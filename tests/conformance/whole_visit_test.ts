/** The twin as a newcomer starts it, a customer by a script, and somebody else's application between. */
import assert from "node:assert/strict";
import { decode } from "fast-png";
import { problemOf, type XfsMessage } from "../../core/xfs4iot/mod.ts";
import { decryptFormat4 } from "../../core/pin/mod.ts";
import { personOf } from "../../sim/people/mod.ts";
import { anotherMachine } from "./serving.ts";
import { serveOne } from "./visit.ts";

const SPEED = 20;

/** `xfs` in a process of its own, with this customer; null: nobody comes. */
async function atTheMachine(
  script: string,
  use: (port: number) => Promise<void>,
): Promise<void> {
  const file = await Deno.makeTempFile({ suffix: ".yaml" });
  await Deno.writeTextFile(file, script);
  const { process, uri } = await anotherMachine("--speed", String(SPEED), "--customer", file);
  try {
    await use(Number(new URL(uri).port));
  } finally {
    process.kill("SIGINT");
    assert.equal((await process.status).code, 0);
    await Deno.remove(file);
  }
}

function everyMessageFits(messages: readonly unknown[]): void {
  const wrong = (messages as XfsMessage[]).map((message) => problemOf(message))
    .filter((problem) => problem !== null);
  assert.deepEqual(wrong, []);
}

Deno.test("visit: pictures, a number, a PIN, a PIN block, cash, and the customer takes it", () =>
  atTheMachine(
    `{ person: 7, does: [{ type: phone }, { type: pin }, { take: cash }] }`,
    async (port) => {
      const visit = await serveOne(port, 60_000);
      assert.deepEqual(visit.pictures.map((file) => decode(file).width), [320, 320, 320, 320]);
      assert.equal(visit.number, personOf(7).phone);
      const opened = decryptFormat4({
        block: visit.pinBlock,
        pan: "621700123456789012",
        key: Uint8Array.fromHex("00112233445566778899AABBCCDDEEFF"),
      });
      assert.deepEqual(opened, { ok: true, pin: personOf(7).pin });
      assert.deepEqual([visit.yuan, visit.ending], [500, "taken"]);
      everyMessageFits(visit.messages);
    },
  ));

Deno.test("visit: the customer walks away from the cash, and the application takes it back", () =>
  atTheMachine(
    `{ person: 7, does: [{ type: id }, { type: pin }, { wait_s: 10 }] }`,
    async (port) => {
      const visit = await serveOne(port, 3_000);
      assert.equal(visit.number, personOf(7).idNumber);
      assert.equal(visit.ending, "retracted");
      assert.match(visit.retracted, /"retracted":\{"typeCNY100":\{[^}]*5/);
      everyMessageFits(visit.messages);
    },
  ));
