import assert from "node:assert/strict";
import {
  DASHBOARD_SOURCES,
  formatDate,
  formatInteger,
  formatMoment,
  formatSeconds,
  formatTimeOfDay,
  formatYuan,
  hasText,
  JOURNAL_LINES,
  LANGUAGES,
  LOCALE_SOURCES,
  machineText,
  MONEY_PROMISES,
  MTIS,
  NAMED_CONTROLS,
  OUTCOMES,
  QUALITY_PROBLEMS,
  REASONS,
  RESPONSE_CODES,
  screenTexts,
  STAGES,
  textOf,
  tibetanDigits,
  VERDICTS,
} from "../../core/locale/mod.ts";
import type { Reason } from "../../core/session/mod.ts";
import { LESSON_SOURCES } from "../../core/locale/lessons.ts";
import { PAGE_SOURCES } from "../../core/locale/pages.ts";
import { fen, micros, yuan } from "../../core/units.ts";
import { FACTORS } from "../../sim/audit/mod.ts";
import { STEP_KINDS } from "../../ui/app/teach/steps.ts";
import { everyScreen } from "../fixtures/every_screen.ts";
import { glossary, isCovered } from "./glossary.ts";

const ROOT = new URL("../../", import.meta.url);

/** Names and patterns of a Fluent file. */
function messagesOf(source: string): Map<string, string> {
  return new Map(
    source.split("\n").flatMap((line) => {
      const found = /^([a-z][\w-]*) = (.+)$/.exec(line);
      return found === null ? [] : [[found[1]!, found[2]!] as const];
    }),
  );
}

const FILES = [LOCALE_SOURCES, DASHBOARD_SOURCES, LESSON_SOURCES, PAGE_SOURCES];
/** All files of a language, one after the other. */
const TEXT = {
  bo: FILES.map(({ bo }) => bo).join("\n"),
  zh: FILES.map(({ zh }) => zh).join("\n"),
  en: FILES.map(({ en }) => en).join("\n"),
};
const MESSAGES = {
  bo: messagesOf(TEXT.bo),
  zh: messagesOf(TEXT.zh),
  en: messagesOf(TEXT.en),
};
const KEYS = [...MESSAGES.en.keys()];

Deno.test("locale: the three languages have the same texts, each once", () => {
  assert.deepEqual([...MESSAGES.bo.keys()].sort(), KEYS.toSorted());
  assert.deepEqual([...MESSAGES.zh.keys()].sort(), KEYS.toSorted());
  for (const language of LANGUAGES) {
    const rows = TEXT[language].split("\n").filter((row) => !/^(#|$)/.test(row));
    assert.equal(rows.length, MESSAGES[language].size, `${language}.ftl: every line is one text`);
  }
  for (const sources of FILES) {
    const keys = (language: "bo" | "zh" | "en") => [...messagesOf(sources[language]).keys()];
    assert.deepEqual(keys("bo").sort(), keys("en").sort(), "each stands in the same file");
    assert.deepEqual(keys("zh").sort(), keys("en").sort());
  }
});

Deno.test("locale: a text takes the same arguments in every language", () => {
  const args = (pattern: string) =>
    [...pattern.matchAll(/\{ \$(\w+) \}/g)].map((found) => found[1]).sort();
  for (const key of KEYS) {
    assert.deepEqual(args(MESSAGES.bo.get(key)!), args(MESSAGES.en.get(key)!), `bo ${key}`);
    assert.deepEqual(args(MESSAGES.zh.get(key)!), args(MESSAGES.en.get(key)!), `zh ${key}`);
  }
});

Deno.test("locale: every name the program can say has a text, and no other name has one", () => {
  const families: Record<string, readonly string[]> = {
    "control-": [...NAMED_CONTROLS, "amount"],
    "reason-": REASONS,
    "money-": MONEY_PROMISES,
    "journal-": JOURNAL_LINES,
    "outcome-": OUTCOMES,
    "verdict-": VERDICTS,
    "quality-": [...QUALITY_PROBLEMS, "no_match"],
    "mti-": MTIS,
    "rc-": RESPONSE_CODES,
    "stage-": Object.keys(STAGES),
    "state-": Object.values(STAGES).flat(),
    "factor-": FACTORS,
    "settled-": ["none", "paid", "returned", "suspect", "open"],
    "teach_why-": STEP_KINDS,
    "teach_say-": STEP_KINDS,
  };
  for (const [prefix, names] of Object.entries(families)) {
    const wanted = names.map((name) => `${prefix}${name}`).sort();
    assert.deepEqual(KEYS.filter((key) => key.startsWith(prefix)).sort(), wanted);
  }
});

Deno.test("locale: no text is there for nothing", async () => {
  const places = [read("core/locale", "ts"), read("ui/app", "tsx?"), read("ui/offline", "tsx?")];
  const code = (await Promise.all(places)).join("\n");
  const prefixes = [...code.matchAll(/`([a-z_]+-)\$\{/g)].map((found) => found[1]!);
  const texts = [...MESSAGES.en.values()].join("\n");
  const unused = KEYS.filter((key) =>
    !code.includes(`"${key}"`) && !texts.includes(`{ ${key} }`) &&
    !prefixes.some((prefix) => key.startsWith(prefix))
  );
  assert.deepEqual(unused, []);
});

Deno.test("locale: every text the code asks for by name is there", async () => {
  const code = (await Promise.all([read("core/locale", "ts"), read("ui/app", "tsx?")])).join("\n");
  const asked = [...code.matchAll(/\bsay\(\s*"([a-z]+-[\w-]+)"/g)].map((found) => found[1]!);
  assert.ok(asked.length > 50);
  assert.deepEqual(asked.filter((key) => !hasText(key)), []);
});

Deno.test("locale: every page of the ATM can be said in every language", () => {
  for (const language of LANGUAGES) {
    for (const screen of everyScreen(language)) {
      const texts = screenTexts(screen);
      assert.ok(texts.title.length > 0, screen.page);
      assert.equal(texts.controls.length, screen.controls.length);
      for (const { label } of texts.controls) assert.ok(label.length > 0);
    }
  }
});

Deno.test("locale: a trace pins what is said to the customer, and nothing that is said about it", () => {
  const pinned = [...messagesOf(LOCALE_SOURCES.en).keys()];
  const families = /^(control|page|quality|reason|money|key|de)-/;
  assert.deepEqual(pinned.filter((key) => !families.test(key)), []);
  assert.throws(() => machineText("en", "app-tagline"), "the machine has no other words");
  assert.equal(machineText("en", "key-enter"), textOf("en", "key-enter"));
});

Deno.test("locale: an impostor is not told which factor stopped them", () => {
  const body = (reason: "presentation_attack" | "face_not_matched") =>
    screenTexts({ page: "sorry", reason, money: null, language: "en", controls: [] }).body;
  assert.equal(body("presentation_attack"), body("face_not_matched"));
  assert.notEqual(body("presentation_attack"), textOf("en", "reason-presentation_attack"));
});

Deno.test("locale: nobody is told sorry for what they chose, and a face that fails is not the end", () => {
  for (const language of LANGUAGES) {
    const words = (reason: Reason) =>
      screenTexts({ page: "sorry", reason, money: null, language, controls: [] });
    const sorry = textOf(language, "page-sorry-title");
    const card = textOf(language, "page-face_deleted-hint");
    for (const reason of ["consent_declined", "other_way", "customer_cancelled"] as const) {
      assert.notEqual(words(reason).title, sorry, reason);
    }
    for (const reason of ["face_unusable", "camera_failed"] as const) {
      assert.equal(words(reason).title, sorry, reason);
      assert.equal(words(reason).hint, card, reason);
    }
    assert.equal(words("consent_declined").hint, card);
    assert.equal(words("dispense_failed").hint, null);
  }
});

Deno.test("locale: a PIN is shown as dots only", () => {
  const texts = screenTexts({
    page: "enter_pin",
    entered: 4,
    tries_left: 2,
    language: "en",
    controls: [],
  });
  assert.equal(texts.field, "●●●●");
  assert.equal(texts.hint, "Wrong PIN. Tries left: 2");
});

Deno.test("locale: money and numbers are written our own way", () => {
  assert.equal(formatYuan("en", yuan(1_234_567)), "¥1,234,567");
  assert.equal(formatYuan("zh", yuan(500)), "500\u00a0元");
  assert.equal(formatYuan("bo", yuan(3_000)), "སྒོར་\u00a03,000");
  assert.equal(formatYuan("en", fen(8_600_05)), "¥8,600.05");
  assert.equal(formatYuan("en", fen(-50)), "−¥0.50");
  assert.equal(formatInteger(999), "999");
  assert.equal(formatInteger(-1_000), "−1,000");
});

Deno.test("locale: Tibetan digits are an option for any text with numbers", () => {
  assert.equal(tibetanDigits(formatYuan("bo", yuan(1_234_567))), "སྒོར་\u00a0༡,༢༣༤,༥༦༧");
  assert.equal(tibetanDigits("0123456789"), "༠༡༢༣༤༥༦༧༨༩");
  const cldr = new Intl.NumberFormat("en-u-nu-tibt");
  assert.equal(tibetanDigits(formatInteger(9_876_543_210)), cldr.format(9_876_543_210));
});

Deno.test("locale: dates and times are the bank's, in UTC+8, without Intl", () => {
  const start = Date.parse("2017-12-29T10:30:05+08:00");
  assert.equal(formatDate("en", start), "29 Dec 2017");
  assert.equal(formatDate("zh", start), "2017年12月29日");
  assert.equal(formatDate("bo", start), "སྤྱི་ལོ་2017\u00a0ཟླ་བ་བཅུ་གཉིས་པའི་ཚེས་29");
  assert.equal(formatTimeOfDay(start), "10:30:05");
  assert.equal(formatDate("en", Date.parse("2024-02-29T23:59:59+08:00")), "29 Feb 2024");
  assert.equal(formatTimeOfDay(Date.parse("2024-02-29T23:59:59+08:00")), "23:59:59");
  assert.equal(formatMoment(micros(72_345_678)), "1:12.345");
  assert.equal(formatSeconds("zh", micros(18_449_000)), "18.4\u00a0秒");
});

Deno.test("locale: dates agree with the calendar for four hundred years", () => {
  for (let day = -30_000; day < 120_000; day += 37) {
    const date = new Date(day * 86_400_000);
    const text = `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
    assert.equal(formatDate("zh", day * 86_400_000), text);
  }
});

Deno.test("locale: Tibetan is spelled by the rules of shad and tsheg", () => {
  for (const [key, text] of MESSAGES.bo) {
    assert.doesNotMatch(text, /[\u0f73\u0f75\u0f77\u0f79\u0f81\u0f6a]/, `${key}: a banned letter`);
    assert.equal(text.normalize("NFC"), text, `${key}: not normalised`);
    assert.doesNotMatch(text, /[ཀག]།/, `${key}: a shad after ཀ or ག`);
    assert.doesNotMatch(text, /[^ང]་།/, `${key}: a tsheg before shad, not after ང`);
    assert.doesNotMatch(text, /ང།/, `${key}: ང without its tsheg before shad`);
    assert.doesNotMatch(text, /།(?=[\u0f40-\u0fbc])/, `${key}: no space after shad`);
    assert.doesNotMatch(text, /[ཀག] (?=[\u0f40-\u0fbc])/, `${key}: a space that may break`);
    assert.doesNotMatch(text, /ཕྱིར་འཐེན|ལེགས་འགྲུབ|གཏན་ཁེལ/, `${key}: a word we do not use`);
  }
});

Deno.test("locale: every Tibetan word stands in the glossary with its source", async () => {
  const words = glossary(await Deno.readTextFile(new URL("core/locale/GLOSSARY.md", ROOT)));
  const missing = [...MESSAGES.bo].flatMap(([key, text]) =>
    isCovered(text, words).map((syllables) => `${key}: ${syllables}`)
  );
  assert.deepEqual(missing, []);
});

async function read(folder: string, ext: string): Promise<string> {
  const texts: string[] = [];
  for await (const entry of Deno.readDir(new URL(`${folder}/`, ROOT))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) texts.push(await read(path, ext));
    else if (new RegExp(`\\.${ext}$`).test(path)) {
      texts.push(await Deno.readTextFile(new URL(path, ROOT)));
    }
  }
  return texts.join("\n");
}
