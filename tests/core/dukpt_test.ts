/** AES DUKPT against the vectors of the supplement to ANSI X9.24-3:2017, AES-128 from AES-128. */
import assert from "node:assert/strict";
import { bytesToHex, hexToBytes } from "@noble/ciphers/utils.js";
import fc from "fast-check";
import {
  initialKey,
  keySerialNumber,
  nextCounter,
  transactionKey,
  workingKey,
  workingKeyOf,
} from "../../core/dukpt/mod.ts";
import { encryptFormat4 } from "../../core/pin/mod.ts";

const BDK = hexToBytes("FEDCBA9876543210F1F1F1F1F1F1F1F1");
const IKID = hexToBytes("1234567890123456");
const INITIAL = hexToBytes("1273671EA26AC29AFA4D1084127652A1");

function hex(bytes: Uint8Array): string {
  return bytesToHex(bytes).toUpperCase();
}

Deno.test("dukpt: the initial key of the standard comes out byte for byte", () => {
  assert.equal(hex(initialKey(BDK, IKID)), hex(INITIAL));
});

/** Counter, transaction key, PIN encryption key, MAC generation key, PIN block of 1234. */
const FIRST_EIGHT = [
  [
    1,
    "4F21B565BAD9835E112B6465635EAE44",
    "AF8CB133A78F8DC2D1359F18527593FB",
    "A2DC23DE6FDE0824A2BC321E08E4B8B7",
    "A912150391AB65A67E52883D81CE2D15",
  ],
  [
    2,
    "2F34D68DE10F68D38091A73B9E7C437C",
    "D30BDC73EC9714B000BEC66BDB7B6D09",
    "484C3B06E8562704528CD5B46FB12FB6",
    "52A00503BD34BA1383F6A7EE9FE2547F",
  ],
  [
    3,
    "031504E530365CF81264238540518318",
    "7D69F01F3B45449F62C7816ECE723268",
    "A5DF7D9D800CA769766F0C77CA4E6E6C",
    "A5A27E82B43A9A866A93D7ABE89CEF93",
  ],
  [
    4,
    "0EEFC7ADA628BA68878DA9165A8A1887",
    "91A0588318EC2673214271F70137896E",
    "E6E4679647D8A9057C1FC15537CB4C4E",
    "71B3D0528669498777555A8BE6698E44",
  ],
  [
    5,
    "C2A7AC328A5DA2D6002D62465BFC028B",
    "35A43BC9EFEB09C756204B57E3FB7D4D",
    "0588185FE1FF8C7E22FAD78C1C61F065",
    "881A7F77A2E04E5BEA985E342FD0B628",
  ],
  [
    6,
    "D30F7D9351DA58448A2F5E92B4EE3B7D",
    "02DCC6CD1201A3A2CA7099559C862123",
    "7B60F72A5639C0EE7EB2100FA80BB793",
    "BDC1C3871AFB0B340AA5B5CEFD08695E",
  ],
  [
    7,
    "A8253CEED9AC042C54F75D35C8352278",
    "6ECF912F3B18CA11A7A27BB60705FD09",
    "BAA08CA263C69525BC6B1BA8F4275D69",
    "4A8E6B8C7DBEE6CBA6DC774F0CB83396",
  ],
  [
    8,
    "718EE6CF0B27E53D5F7AF99C4D8146A2",
    "4D9DF3FBEE3448FC3E676D04320A90F5",
    "6FD572E5D59E618875F193484F9178FB",
    "8308BB857C17F390369F761F8EB358FA",
  ],
] as const;

Deno.test.each(FIRST_EIGHT)(
  "dukpt: transaction %i has the keys and the PIN block of the standard",
  (counter, transaction, pinKey, macKey, block) => {
    const ksn = keySerialNumber(IKID, counter);
    assert.equal(hex(ksn), "1234567890123456" + "0000000" + counter);
    const key = transactionKey(INITIAL, IKID, counter);
    assert.equal(hex(key), transaction);
    assert.equal(hex(workingKey(key, "mac_generation", IKID, counter)), macKey);
    const pin = workingKeyOf(BDK, ksn, "pin_encryption");
    assert.ok(pin);
    assert.equal(hex(pin), pinKey);
    const random = hexToBytes("2F69ADDE2E9E7ACE");
    const sealed = encryptFormat4({ pin: "1234", pan: "4111111111111111", key: pin, random });
    assert.equal(hex(sealed), block);
  },
);

Deno.test("dukpt: data encryption has a key of its own", () => {
  const key = transactionKey(INITIAL, IKID, 1);
  assert.equal(
    hex(workingKey(key, "data_encryption", IKID, 1)),
    "A35C412EFD41FDB98B69797C02DCD08F",
  );
});

Deno.test.each(
  [
    [0x1fffe, "E21E8C8D347F8561A2BE752DAA85A111"],
    [0x20000, "F7AE9025468A25D37B7249CFFED224C8"],
    [0x20001, "692C8EA4013645135B36497131DF9D2C"],
    [0xfffe2000, "48E585B694EB0B18D5C35443E163C0BA"],
    [0xfffe4000, "396C2C7CA1EA701C03B86B7D41F0C562"],
    [0xfffe8000, "0387625F189B58AE03EF0E8CCA41105E"],
    [0xffff0000, "F6BA59389BD14A9855BE9727E7C52E3C"],
  ] as const,
)("dukpt: transaction %i, far up the tree, has the key of the standard", (counter, key) => {
  assert.equal(hex(transactionKey(INITIAL, IKID, counter)), key);
});

Deno.test("dukpt: counters of seventeen bits and more are left out, and one is the last", () => {
  assert.equal(nextCounter(0), 1);
  assert.equal(nextCounter(0x1fffe), 0x20000);
  assert.deepEqual(
    [0xfffe2000, 0xfffe4000, 0xfffe8000, 0xffff0000].map(nextCounter),
    [0xfffe4000, 0xfffe8000, 0xffff0000, null],
  );
  let [counter, before] = [0xfff0, 0];
  for (let n = 0; n < 70_000; n++) {
    [counter, before] = [nextCounter(counter) ?? 0, counter];
    const bits = counter.toString(2).replaceAll("0", "").length;
    assert.ok(counter > before && bits <= 16);
  }
});

Deno.test("dukpt: machine and bank come to the same key, and no two transactions do", () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  const counter = fc.integer({ min: 1, max: 0xffff });
  fc.assert(fc.property(bytes(16), bytes(8), counter, counter, (bdk, ikid, one, other) => {
    const machine = transactionKey(initialKey(bdk, ikid), ikid, one);
    const theirs = workingKey(machine, "pin_encryption", ikid, one);
    const ksn = keySerialNumber(ikid, one);
    assert.deepEqual(workingKeyOf(bdk, ksn, "pin_encryption"), theirs);
    assert.notDeepEqual(workingKeyOf(bdk, ksn, "mac_generation"), theirs);
    fc.pre(one !== other);
    assert.notDeepEqual(workingKeyOf(bdk, keySerialNumber(ikid, other), "pin_encryption"), theirs);
  }));
});

Deno.test("dukpt: a serial number that no machine sends has no key", () => {
  for (const ksn of ["123456789012345600000000", "12345678901234560001FFFF", "1234", ""]) {
    assert.equal(workingKeyOf(BDK, hexToBytes(ksn), "pin_encryption"), null);
  }
});
