import assert from "node:assert/strict";
import fc from "fast-check";
import { micros } from "../../core/units.ts";
import {
  readTrace,
  type TraceBody,
  traceHeader,
  traceText,
  TraceWriter,
} from "../../sim/trace/mod.ts";

function sample(runtime = "one", more: object = {}): string {
  const header = traceHeader(
    { plan: { seed: 1 }, renderer: "r", models: { detector: "d" }, locale: { bo: "b" } },
    { commit: "c", program: runtime, v8: "v", platform: "p" },
  );
  const writer = new TraceWriter(header);
  writer.write(micros(0), { type: "state", from: "out_of_service", to: "idle" });
  writer.write(micros(5), { type: "touch", control: "face", ...more } as TraceBody);
  writer.write(micros(9), { type: "outcome", outcome: "served", reason: "cash_taken" });
  return traceText(writer.finish());
}

Deno.test("trace: what was written is read back", () => {
  const reading = readTrace(sample());
  assert.ok(reading.ok);
  assert.equal(reading.trace.lines.length, 3);
  assert.equal(traceText(reading.trace), sample());
});

Deno.test("trace: any single changed byte is noticed, and its line is named", () => {
  const text = sample();
  const bytes = new TextEncoder().encode(text);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: bytes.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      (at, flip) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        const reading = readTrace(changed);
        assert.ok(!reading.ok, `byte ${at} changed unnoticed`);
        const line = text.slice(0, at).split("\n").length;
        assert.equal(reading.line, line, `byte ${at} of line ${line}`);
      },
    ),
    { numRuns: 400 },
  );
});

Deno.test("trace: a byte order mark in front is no part of it", () => {
  const marked = new TextEncoder().encode(`\ufeff${sample()}`);
  assert.deepEqual(readTrace(marked), { ok: false, line: 1, problem: "not JSON" });
  assert.equal(readTrace(marked.subarray(3)).ok, true);
});

Deno.test("trace: a byte that is no text is refused at its line", () => {
  const bytes = new TextEncoder().encode(sample());
  bytes[bytes.indexOf(0x0a) + 9] = 0xff;
  assert.deepEqual(readTrace(bytes), { ok: false, line: 2, problem: "not UTF-8" });
});

Deno.test("trace: what JSON can say and nobody has written is refused at its line", () => {
  const rows = sample().split("\n");
  const deep = "[".repeat(20_000) + "]".repeat(20_000);
  for (const value of ["1e400", "-0", "NaN", "1.0", deep]) {
    const reading = readTrace(rows.with(2, rows[2]!.replace("{", `{"a":${value},`)).join("\n"));
    assert.ok(!reading.ok, value.slice(0, 10));
    assert.equal(reading.line, 3);
  }
});

Deno.test("trace: a part that no such line has is refused at its line, chained or not", () => {
  for (const part of ["pin", "__proto__"]) {
    assert.deepEqual(readTrace(sample("one", JSON.parse(`{"${part}":"482915"}`))), {
      ok: false,
      line: 3,
      problem: `a line of type touch has no ${part}`,
    });
  }
});

Deno.test("trace: a line dropped, doubled or swapped is noticed at its place", () => {
  const rows = sample().split("\n");
  const dropped = rows.toSpliced(2, 1).join("\n");
  const doubled = rows.toSpliced(2, 0, rows[2]!).join("\n");
  const swapped = rows.with(2, rows[3]!).with(3, rows[2]!).join("\n");
  for (const text of [dropped, doubled, swapped]) {
    const reading = readTrace(text);
    assert.ok(!reading.ok);
    assert.ok(reading.line === 3 || reading.line === 4, `line ${reading.line}`);
  }
});

Deno.test("trace: what follows the end is no part of it, and is refused where the end stands", () => {
  const text = sample();
  const rows = text.trimEnd().split("\n");
  for (const more of [rows.at(-1), rows[1], "{}"]) {
    assert.deepEqual(readTrace(`${text}${more}\n`), {
      ok: false,
      line: rows.length,
      problem: "the trace ends here, and more follows",
    });
  }
});

Deno.test("trace: two runtimes that did the same have one root", () => {
  const one = readTrace(sample("one"));
  const two = readTrace(sample("two"));
  assert.ok(one.ok && two.ok);
  assert.equal(one.trace.end.root, two.trace.end.root);
  assert.notEqual(one.trace.end.sha256, two.trace.end.sha256);
});

Deno.test("trace: a truncated file is not a trace", () => {
  const text = sample();
  for (const length of [0, 10, text.length - 1, text.lastIndexOf("\n", text.length - 2) + 1]) {
    assert.ok(!readTrace(text.slice(0, length)).ok, `${length} characters`);
  }
});
