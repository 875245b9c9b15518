/** Receipts as pictures: in three scripts, of dots, the same everywhere. */
import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { decode } from "fast-png";
import { LANGUAGES } from "../../core/locale/mod.ts";
import { deflated } from "../../core/receipt/deflate.ts";
import { RECEIPT_WIDTH, receiptPicture } from "../../core/receipt/mod.ts";
import { fen } from "../../core/units.ts";
import { fromBase64, toBase64 } from "../../core/xfs4iot/mod.ts";
import type { CustomerAction } from "../../sim/plan/mod.ts";
import { runPlan } from "../../sim/world/mod.ts";
import { CREDULOUS, planFrom } from "../sim/credulous.ts";

const RECEIPT = {
  language: "bo",
  terminal: "TWIN0001",
  stan: "000042",
  wall_ms: Date.UTC(2017, 11, 29, 2, 30),
  amount: fen(50_000),
  account: "000000*********1672",
} as const;

/** Burnt dots of each row of a picture. */
function ink(png: Uint8Array): number[] {
  const { width, height, depth, data } = decode(png);
  assert.deepEqual([width, depth], [RECEIPT_WIDTH, 1]);
  return Array.from({ length: height }, (_, y) => {
    const row = data.subarray(y * width / 8, (y + 1) * width / 8);
    return Array.from(row).reduce(
      (sum, byte) => sum + 8 - byte.toString(2).replace(/0/g, "").length,
      0,
    );
  });
}

Deno.test("receipt: every month, amount and language can be set", () => {
  for (const language of LANGUAGES) {
    for (let month = 0; month < 12; month++) {
      for (const amount of [100, 123_456, 987_654_300]) {
        const wall_ms = Date.UTC(2018, month, 3 + month, month, 5 * month);
        const rows = ink(receiptPicture({ ...RECEIPT, language, wall_ms, amount: fen(amount) }));
        assert.ok(rows.some((dots) => dots > 0));
        assert.ok(rows.slice(0, 8).every((dots) => dots === 0), "a margin above");
        assert.ok(rows.slice(-8).every((dots) => dots === 0), "a margin below");
      }
    }
  }
});

Deno.test("receipt: whatever is packed is what zlib unpacks", () => {
  const packed = (data: Uint8Array, stride: number) => {
    assert.deepEqual(new Uint8Array(inflateSync(deflated(data, stride))), data);
  };
  // Few values, so that runs and columns are met; long ones of every length on both sides of a match's.
  const rows = fc.array(fc.constantFrom(0, 1, 143, 144, 255), { maxLength: 400 });
  fc.assert(fc.property(rows, fc.integer({ min: 5, max: 64 }), (bytes, stride) => {
    packed(Uint8Array.from(bytes), stride);
  }));
  for (let length = 0; length < 600; length++) {
    packed(new Uint8Array(length).fill(255), 49);
    packed(Uint8Array.from({ length }, (_, i) => (i % 49) * 5), 49);
  }
  for (let byte = 0; byte < 256; byte++) packed(Uint8Array.of(byte, 255 - byte), 49);
  packed(new Uint8Array(3_000_000).fill(255), 49);
});

Deno.test("receipt: Tibetan vowels stand above the head line, and nothing is cut off", () => {
  const december = ink(receiptPicture(RECEIPT));
  // Between the row of the title and the next lies white paper, then the vowels, then the head line.
  const begins = december.findIndex((dots, y) => y > 45 && dots > 0);
  const head = december.findIndex((dots, y) => y > 45 && dots > 60);
  assert.ok(head - begins >= 4, `vowels from row ${begins}, the head line at ${head}`);
  assert.equal(december[begins - 1], 0);
});

Deno.test("receipt: the same receipt is the same bytes, another language is another picture", () => {
  const of = (language: "bo" | "zh" | "en") => toBase64(receiptPicture({ ...RECEIPT, language }));
  assert.equal(of("bo"), of("bo"));
  assert.equal(new Set(LANGUAGES.map(of)).size, 3);
});

Deno.test("receipt: what comes out of the printer is the picture in the customer's language", async () => {
  const printed = new Set<string>();
  for (const language of LANGUAGES) {
    const plan = await planFrom("returning-customer", {});
    const customer = plan.scenario.customer.map((action): CustomerAction =>
      typeof action === "object" && "language" in action ? { language } : action
    );
    const { trace } = await runPlan(await planFrom("returning-customer", { customer }), CREDULOUS);
    const slots = trace.lines.flatMap((line) =>
      line.type === "device" && line.device === "printer" ? [line.state["slot"]] : []
    );
    const paper = slots.find((slot) => slot !== null) as { png: string; width: number };
    assert.equal(paper.width, RECEIPT_WIDTH);
    assert.ok(ink(fromBase64(paper.png)).some((dots) => dots > 0));
    printed.add(paper.png);
  }
  assert.equal(printed.size, 3);
});
