import assert from "node:assert/strict";
import { micros } from "../../core/units.ts";
import { readTrace, type TraceLine } from "../../sim/trace/mod.ts";
import { isTrouble, markersOf, Replay } from "../../ui/app/replay/mod.ts";
import { formatDeepLink, parseDeepLink } from "../../ui/app/deep_link.ts";
import { startPosition } from "../../ui/app/playback/use_playback.ts";
import { startOf } from "../../ui/app/stage/moment_link.ts";
import { segmentsOf } from "../../ui/app/playback/timeline.tsx";
import { linkStateOf } from "../../ui/app/panels/link_state.ts";
import { describe } from "../../ui/app/panels/describe.ts";
import { LANGUAGES } from "../../core/locale/mod.ts";
import type { Language } from "../../core/session/mod.ts";
import { createLink, NETWORK_FAULTS } from "../../devices/mod.ts";
import { lobbyProfile, TestWorld } from "../devices/surroundings.ts";

const reading = readTrace(
  await Deno.readTextFile(new URL("../fixtures/sample.trace.jsonl", import.meta.url)),
);
assert.ok(reading.ok, "the sample trace is whole");
const replay = new Replay(reading.trace);
const { lines } = reading.trace;

/** The moment just after the first line that fits. */
function after(fits: (line: TraceLine) => boolean) {
  const line = lines.find(fits);
  assert.ok(line, "there is such a line");
  return replay.momentAfter(line.n);
}

const event = (name: string, type = "event") => (line: TraceLine) =>
  line.type === "xfs" &&
  JSON.stringify(line.message).includes(`"name":"${name}","`) &&
  JSON.stringify(line.message).includes(`"type":"${type}"`);

Deno.test("replay: the beginning is dark and empty", () => {
  const moment = replay.momentAfter(0);
  assert.equal(moment.screen, null);
  assert.equal(moment.visitor, "absent");
  assert.deepEqual(moment.devices, {});
});

Deno.test("replay: a moment at a time holds every line of that time", () => {
  const shared = lines.find((line, index) => lines[index + 1]?.t === line.t);
  assert.ok(shared);
  const moment = replay.momentAt(micros(shared.t));
  assert.ok(moment.n > shared.n);
  assert.notEqual(lines[moment.n]?.t, shared.t);
});

Deno.test("replay: seeking anywhere gives what folding from the start gives", () => {
  const again = new Replay(reading.trace);
  for (const n of [0, 1, 63, 64, 65, 127, 128, lines.length]) {
    const slow = Array.from({ length: n + 1 }, (_, i) => again.momentAfter(i)).at(-1);
    assert.deepEqual(replay.momentAfter(n), slow);
  }
  assert.deepEqual(replay.momentAfter(10_000), replay.momentAfter(lines.length));
  assert.deepEqual(replay.momentAfter(-5), replay.momentAfter(0));
});

Deno.test("link: an event's number leads to that event and stands there, a fresh run plays", () => {
  const late = lines.find(({ t }) => t > 5_000_000);
  assert.ok(late);
  const led = startOf(parseDeepLink(`#run=ab&n=${late.n}`), false);
  assert.deepEqual(startPosition(replay, led), { t: late.t, n: late.n });
  assert.equal(led.playing, false);
  const fresh = startOf(parseDeepLink("#run=ab"), false);
  assert.deepEqual([startPosition(replay, fresh).t, fresh.playing], [0, true]);
  assert.equal(startOf(parseDeepLink("#run=ab"), true).playing, false);
});

Deno.test("link: a speed that nobody can choose is none", () => {
  const speedOf = (text: string) => startOf(parseDeepLink(`#run=ab&speed=${text}`), true).speed;
  assert.deepEqual(["0.25", "100"].map(speedOf), [0.25, 100]);
  assert.deepEqual(["0", "7", "1000000", "fast"].map(speedOf), [1, 1, 1, 1]);
});

Deno.test("link: a seed that no run can have is none", () => {
  const seedOf = (text: string) => parseDeepLink(`#scenario=first-use&seed=${text}`).seed;
  assert.deepEqual(["0", "4294967295"].map(seedOf), [0, 4_294_967_295]);
  assert.deepEqual(["1.5", "4294967296", "-1"].map(seedOf), [null, null, null]);
});

Deno.test("link: a line that does not fit the time of its link gives way to the time", () => {
  const late = lines.find(({ t }) => t > 5_000_000);
  assert.ok(late);
  assert.equal(startPosition(replay, { t: late.t / 1_000, n: late.n }).n, late.n);
  assert.equal(startPosition(replay, { t: late.t / 1_000, n: 1 }).t, late.t);
});

Deno.test("replay: a seek looks at a hundred lines at most, even in a trace of 20,000", () => {
  const many = Array.from({ length: 20_000 }, (_, i) => {
    const line = lines[i % lines.length]!;
    return { ...line, n: i + 1, t: i * 1_000 } as TraceLine;
  });
  const lookedAt = new Set<number>();
  const watched = new Proxy(many, {
    get: (lines, at) => {
      if (typeof at === "string" && /^[0-9]+$/.test(at)) lookedAt.add(Number(at));
      return Reflect.get(lines, at);
    },
  });
  const long = new Replay({ ...reading.trace, lines: watched });
  for (let seek = 0; seek < 20; seek++) {
    lookedAt.clear();
    const moment = long.momentAt(micros(seek * 999_000));
    assert.equal(moment.n, 1 + seek * 999);
    // Some to find the place, and those from the last moment that was kept.
    assert.ok(lookedAt.size <= 100, `${lookedAt.size} lines`);
  }
});

Deno.test("messages: the link is said to be down only where there is none, else what is wrong", () => {
  const down: string[] = [];
  for (const { id } of NETWORK_FAULTS) {
    const world = new TestWorld();
    const link = createLink(lobbyProfile(), world);
    link.fault(id, true);
    link.toAtm({ mti: "0210", fields: { 11: "000001", 39: "00" } }, () => {});
    world.pass(60_000);
    const { up, faults } = linkStateOf(link.state());
    assert.deepEqual(faults, [id]);
    if (!up) down.push(id);
  }
  assert.deepEqual(down, ["N1", "N2", "N4"]);
  assert.deepEqual(linkStateOf(replay.momentAfter(0).devices.network), { up: true, faults: [] });
});

Deno.test("replay: the keypad says what it takes, and a digit stays secret", () => {
  const moment = after(event("Keyboard.KeyEvent"));
  assert.equal(moment.keypad, "data");
  assert.equal(moment.key?.name, "•");
  assert.equal(after(event("Keyboard.PinEntry", "command")).keypad, "pin");
});

Deno.test("replay: the findings belong to the frames that were judged", () => {
  const moment = after((line) => line.type === "face_result");
  assert.equal(moment.assessed?.verdict, "live");
  assert.equal(moment.looks.length, 3);
  for (const look of moment.looks) {
    assert.ok((moment.findings[look.rgb]?.detection ?? 0) > 0.9);
  }
});

Deno.test("replay: the cash lies in the stacker, then in the slot, then in a hand", () => {
  const stacked = after(event("CashDispenser.Dispense", "completion"));
  assert.equal(stacked.cash, "stacked");
  assert.equal(after(event("CashDispenser.Present", "completion")).cash, "presented");
  assert.equal(after(event("Printer.PrintNative", "command")).cash, "taken");
});

Deno.test("replay: the receipt is what the printer was told, until it is taken", () => {
  const waiting = after(event("Printer.PrintNative", "command"));
  assert.equal(waiting.receipt?.taken, false);
  assert.match(waiting.receipt?.text ?? "", /^data:image\/png;base64,/);
  assert.equal(after(event("Printer.MediaTakenEvent", "unsolicited")).receipt?.taken, true);
});

Deno.test("replay: a device works from its command to its completion", () => {
  const working = after(event("CashDispenser.Dispense", "command")).working;
  assert.deepEqual(Object.values(working).map((work) => work.name), ["CashDispenser.Dispense"]);
  const done = after(event("CashDispenser.Dispense", "completion")).working;
  assert.deepEqual(Object.values(done), []);
});

Deno.test("replay: at the end the outcome is known and the books are there", () => {
  const end = replay.momentAt(replay.length);
  assert.deepEqual(end.outcome, { outcome: "served", reason: "cash_taken" });
  const booked = lines.filter((line) => line.type === "ledger");
  assert.deepEqual(end.ledger, booked.map(({ n }) => n));
  assert.deepEqual(booked.map(({ entry }) => entry["kind"]), ["opening", "load", "withdrawal"]);
  assert.equal(end.state, "idle");
  assert.equal(end.visitor, "absent");
});

Deno.test("replay: markers stand where people acted, decisions fell and money moved", () => {
  const kinds = new Set(markersOf(lines).map((marker) => marker.kind));
  assert.deepEqual([...kinds].sort(), ["customer", "decision", "money"]);
});

Deno.test("replay: a refused command, a fault and a lost message are trouble", () => {
  const stamp = { n: 1, t: 0, chain: "" };
  const completion = (completionCode: string): TraceLine => ({
    ...stamp,
    type: "xfs",
    device: "camera",
    from: "device",
    message: { header: { type: "completion", name: "Camera.TakePicture", completionCode } },
  });
  assert.ok(isTrouble(completion("hardwareError")));
  assert.ok(!isTrouble(completion("success")));
  assert.ok(!isTrouble(completion("canceled")));
  assert.ok(isTrouble({ ...stamp, type: "fault", id: "D5", active: true }));
  assert.ok(isTrouble({ ...stamp, type: "host", from: "bank", seen: "lost", message: {} }));
});

Deno.test("replay: the stages of the visit fill the time line without gaps", () => {
  const segments = segmentsOf(lines, replay.length);
  assert.deepEqual(segments.map((segment) => segment.stage).slice(0, 3), [
    "welcome",
    "face",
    "number",
  ]);
  for (const [index, segment] of segments.slice(1).entries()) {
    assert.equal(segment.from, segments[index]?.to);
  }
  assert.equal(segments.at(-1)?.to, replay.length);
});

Deno.test("replay: every line can be described in every language", () => {
  for (const language of LANGUAGES) {
    for (const line of lines) {
      const says = describe(line, language);
      assert.ok(says.title.length > 0, `${line.type} ${line.n}`);
      assert.ok(!says.title.includes("undefined") && !says.detail.includes("undefined"));
    }
  }
});

/** Titled by a standard, a part of the machine, or a language's own name: alike in every language. */
function isNamed(line: TraceLine): boolean {
  return ["xfs", "device", "face", "oracle"].includes(line.type) ||
    line.type === "touch" && line.control.startsWith("language_");
}

Deno.test("replay: what no standard names is said in the reader's language", () => {
  for (const language of LANGUAGES.filter((each) => each !== "en")) {
    const english = lines.filter((line) =>
      !isNamed(line) && describe(line, language).title === describe(line, "en").title
    );
    assert.deepEqual(english.map(({ type, n }) => `${n} ${type}`), []);
  }
});

Deno.test("replay: that a fault begins and ends is said in the reader's language", () => {
  const says = (language: Language, active: boolean) =>
    describe({ n: 1, t: 0, chain: "", type: "fault", id: "N4", active }, language).detail;
  assert.deepEqual([says("en", true), says("en", false)], ["begins", "over"]);
  assert.deepEqual([says("zh", true), says("zh", false)], ["发生", "已排除"]);
  assert.deepEqual([says("bo", true), says("bo", false)], ["འགོ་འཛུགས།", "མཇུག་བསྡུས།"]);
});

Deno.test("replay: what became of a template is said in the reader's language", () => {
  for (const [op, verdict] of [["enrol", "not_kept"], ["delete", "deleted"]] as const) {
    const line = { n: 1, t: 0, chain: "", type: "face_result", result: { op, verdict } } as const;
    const said = LANGUAGES.map((language) => describe(line, language).title);
    assert.equal(new Set(said).size, LANGUAGES.length, `${said}`);
    assert.ok(!said.includes(verdict), "a word of the program");
  }
});

Deno.test("deep link: what is written is read back, and nonsense is nothing", () => {
  const link = {
    lang: "bo",
    page: "audit",
    run: "18124e67cc895ea7",
    with: "5f0e1d2c3b4a5968",
    scenario: "first-use",
    seed: 7,
    t: 12_345.5,
    n: 97,
    speed: 2,
    digits: "tibt",
  } as const;
  assert.deepEqual(parseDeepLink(formatDeepLink(link)), link);
  assert.deepEqual(
    parseDeepLink("#page=nowhere&run=../x&with=..&scenario=/etc&t=-1&lang=xx&digits=roman"),
    {
      lang: null,
      page: null,
      run: null,
      with: null,
      scenario: null,
      seed: null,
      t: null,
      n: null,
      speed: null,
      digits: null,
    },
  );
});
