import assert from "node:assert/strict";
import fc from "fast-check";
import type { Iso8583Message } from "../../core/iso8583/mod.ts";
import {
  formatYuan,
  formatYuanShort,
  idCheckCharacter,
  isIdNumber,
  isPhoneNumber,
  luhnDigit,
  maskIdNumber,
  maskMessage,
  maskNumber,
  maskPan,
  maskPhone,
} from "../../core/money/mod.ts";
import { fen } from "../../core/units.ts";

Deno.test("money: an amount is written with commas and two decimals", () => {
  assert.equal(formatYuan(fen(0)), "0.00");
  assert.equal(formatYuan(fen(5)), "0.05");
  assert.equal(formatYuan(fen(50_000)), "500.00");
  assert.equal(formatYuan(fen(860_050)), "8,600.50");
  assert.equal(formatYuan(fen(123_456_789_01)), "123,456,789.01");
  assert.equal(formatYuan(fen(-300_000)), "-3,000.00");
  assert.equal(formatYuanShort(fen(300_000)), "3,000");
  assert.equal(formatYuanShort(fen(300_050)), "3,000.50");
});

Deno.test("money: no amount is lost in writing", () => {
  fc.assert(fc.property(fc.integer({ min: -1e14, max: 1e14 }), (amount) => {
    assert.equal(Number(formatYuan(fen(amount)).replace(/[,.]/g, "")), amount + 0);
  }));
});

Deno.test("money: the check character of GB 11643-1999's own examples is right", () => {
  assert.equal(idCheckCharacter("11010519491231002"), "X");
  assert.equal(idCheckCharacter("44052418800101001"), "4");
});

Deno.test("money: an identity number with one wrong digit, or two swapped, is refused", () => {
  const digit = fc.integer({ min: 0, max: 9 });
  fc.assert(fc.property(
    fc.array(digit, { minLength: 6, maxLength: 6 }),
    fc.integer({ min: 0, max: 999 }),
    fc.integer({ min: 0, max: 16 }),
    fc.integer({ min: 1, max: 9 }),
    (area, order, place, shift) => {
      const body = `${area.join("")}19610423${String(order).padStart(3, "0")}`;
      const whole = body + idCheckCharacter(body);
      assert.ok(isIdNumber(whole));
      const other = (Number(whole[place]) + shift) % 10;
      assert.ok(!isIdNumber(whole.slice(0, place) + other + whole.slice(place + 1)));
      const swapped = whole.slice(0, place) + whole[place + 1] + whole[place] +
        whole.slice(place + 2);
      if (swapped !== whole) assert.ok(!isIdNumber(swapped));
    },
  ));
});

Deno.test("money: an identity number needs a date that exists", () => {
  for (const [date, exists] of [["20000229", true], ["19000229", false], ["19611301", false]]) {
    const body = `690000${date}001`;
    assert.equal(isIdNumber(body + idCheckCharacter(body)), exists);
  }
  assert.ok(!isIdNumber("11010519491231002x"));
  assert.ok(!isIdNumber(""));
});

Deno.test("money: a phone number has eleven digits", () => {
  assert.ok(isPhoneNumber("26000000001"));
  assert.ok(!isPhoneNumber("2600000000"));
  assert.ok(!isPhoneNumber("260000000012"));
  assert.ok(!isPhoneNumber("2600000000X"));
});

Deno.test("money: the Luhn digit is that of the published example", () => {
  assert.equal(luhnDigit("7992739871"), "3");
  assert.equal(luhnDigit("411111111111111"), "1");
});

Deno.test("money: masks keep the ends and the length", () => {
  assert.equal(maskPan("0000001234567890128"), "000000*********0128");
  assert.equal(maskPhone("26012345678"), "260****5678");
  assert.equal(maskIdNumber("69000019610423001X"), "690000********001X");
  assert.equal(maskNumber("69000019610423001X"), "690000********001X");
  assert.equal(maskNumber("26012345678"), "260****5678");
});

Deno.test("money: a number of no known length is hidden whole", () => {
  assert.equal(maskNumber("2601234567"), "**********");
  assert.equal(maskPan("123456789012"), "************");
  assert.equal(maskNumber(""), "");
});

Deno.test("money: a masked message shows no account, no number, no PIN block", () => {
  const message: Iso8583Message = {
    mti: "0200",
    fields: {
      2: "0000001234567890128",
      3: "310000",
      4: fen(50_000),
      11: "000007",
      48: { number: "26012345678", face: { score: 0.8, threshold: 0.5, model: "m" } },
      52: "A912150391AB65A67E52883D81CE2D15",
    },
  };
  assert.deepEqual(maskMessage(message), {
    mti: "0200",
    fields: {
      "2": "000000*********0128",
      "3": "310000",
      "4": 50_000,
      "11": "000007",
      "48": { number: "260****5678", face: { score: 0.8, threshold: 0.5, model: "m" } },
      "52": "(16 bytes, encrypted)",
    },
  });
  assert.deepEqual(maskMessage({ mti: "0430", fields: { 39: "00" } }), {
    mti: "0430",
    fields: { "39": "00" },
  });
});
