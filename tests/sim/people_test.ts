import assert from "node:assert/strict";
import fc from "fast-check";
import { isIdNumber, isPhoneNumber, luhnDigit } from "../../core/money/mod.ts";
import { ageAndSexOf } from "../../devices/camera/mod.ts";
import { findPerson, kinOf, personOf, POPULATION } from "../../sim/people/mod.ts";
import { nameOf } from "../../sim/people/names.ts";
import { panOf, phoneOf } from "../../sim/people/numbers.ts";

const anybody = fc.integer({ min: 0, max: POPULATION - 1 });

Deno.test("people: person N is the same person every time, also when nobody remembers them", () => {
  // A few hundred are remembered at once: the first of these are worked out anew.
  const crowd = Array.from({ length: 600 }, (_, i) => personOf(i * 97));
  for (const before of crowd) assert.deepEqual(personOf(before.person), before);
  assert.notEqual(personOf(0), crowd[0], "the first was forgotten");
});

Deno.test("people: age and sex are those of the face, and the identity number says so", () => {
  fc.assert(fc.property(anybody, (n) => {
    const { age, sex, birthDate, idNumber } = personOf(n);
    assert.deepEqual({ age, sex }, ageAndSexOf(n));
    assert.equal(idNumber.slice(6, 14), birthDate.replaceAll("-", ""));
    assert.equal(Number(idNumber[16]) % 2 === 1 ? "male" : "female", sex);
    const [year = NaN, month = NaN, day = NaN] = birthDate.split("-").map(Number);
    const birthdayWas = month < 12 || day <= 29;
    assert.equal(2017 - year - (birthdayWas ? 0 : 1), age);
  }));
});

Deno.test("people: whoever is born on the last day of a year is a year older on paper", () => {
  const late = findPerson(({ birthDate }) => birthDate.endsWith("-12-31"));
  assert.ok(late);
  assert.equal(Number(late.birthDate.slice(0, 4)), 2017 - late.age - 1);
});

Deno.test("people: every number has the right shape and check character", () => {
  fc.assert(fc.property(anybody, (n) => {
    const { idNumber, phone, pan, pin } = personOf(n);
    assert.ok(isIdNumber(idNumber), idNumber);
    assert.ok(isPhoneNumber(phone), phone);
    assert.match(pan, /^[0-9]{19}$/);
    assert.equal(luhnDigit(pan.slice(0, -1)), pan.at(-1));
    assert.match(pin, /^[0-9]{6}$/);
    assert.ok(new Set(pin).size >= 4);
  }));
});

Deno.test("people: no number lies in a range that is really given out", () => {
  // Provinces of GB/T 2260, foreign residents' 9, mobile and trunk prefixes, area codes 2x in use.
  const region = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9)/;
  const network = /^(0|1|2[0-57-9]|[3-9])/;
  fc.assert(fc.property(anybody, (n) => {
    const { idNumber, phone, pan } = personOf(n);
    assert.doesNotMatch(idNumber, region);
    assert.doesNotMatch(phone, network);
    assert.match(pan, /^00000/, "the test identifier of ISO/IEC 7812-1");
  }));
});

Deno.test("people: no two of 20,000 share a number, a name or an account", () => {
  const seen = new Set<string>();
  for (let n = 0; n < POPULATION; n += 5) {
    const { idNumber, phone, pan, name } = personOf(n);
    for (const mine of [idNumber, phone, pan, name.en, name.zh, name.bo]) seen.add(mine);
  }
  assert.equal(seen.size, 6 * POPULATION / 5);
});

Deno.test("people: no two of all 100,000 share a name, a phone or an account", () => {
  const seen = new Set<string>();
  for (let n = 0; n < POPULATION; n++) {
    const { en, zh, bo } = nameOf(n);
    for (const mine of [en, zh, bo, phoneOf(n), panOf(n)]) seen.add(mine);
  }
  assert.equal(seen.size, 5 * POPULATION);
});

Deno.test("people: a relative is named after the person and nothing else", () => {
  const { name } = personOf(42);
  const sibling = kinOf(42, "sibling");
  assert.equal(sibling.name.en, `sibling of ${name.en}`);
  assert.ok(sibling.name.zh.startsWith(name.zh) && sibling.name.bo.startsWith(name.bo));
  assert.deepEqual(Object.keys(sibling).sort(), ["kin", "name", "person"]);
});

Deno.test("people: there is a 56-year-old, as the first customer was", () => {
  const first = findPerson(({ age }) => age === 56);
  assert.equal(first?.age, 56);
  assert.equal(first?.birthDate.slice(0, 3), "196");
  assert.equal(findPerson(() => false, POPULATION - 1), undefined);
});

Deno.test("people: there is nobody outside 0…99,999", () => {
  for (const n of [-1, POPULATION, 0.5, NaN]) {
    assert.throws(() => personOf(n), RangeError);
    assert.throws(() => kinOf(n, "twin"), RangeError);
  }
});
