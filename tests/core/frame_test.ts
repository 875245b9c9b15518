import assert from "node:assert/strict";
import fc from "fast-check";
import { frame, FRAME_BYTES_MAX, FrameReader } from "../../core/iso8583/mod.ts";

const message = fc.uint8Array({ minLength: 1, maxLength: 300 });

/** A stream cut at any places, in pieces that may be empty. */
function cut(stream: Uint8Array, places: readonly number[]): Uint8Array[] {
  const edges = [0, ...places.map((place) => place % (stream.length + 1)), stream.length];
  edges.sort((a, b) => a - b);
  return edges.slice(1).map((end, i) => stream.slice(edges[i], end));
}

function streamOf(messages: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(messages.flatMap((one) => [...frame(one)]));
}

Deno.test("frame: two bytes of length come first, the greater one before the other", () => {
  assert.deepEqual([...frame(new Uint8Array(0x0102).fill(9))].slice(0, 3), [1, 2, 9]);
});

Deno.test("frame: messages come out whole and in order, however the stream is cut", () => {
  fc.assert(fc.property(fc.array(message), fc.array(fc.nat()), (messages, places) => {
    const reader = new FrameReader();
    const heard = cut(streamOf(messages), places).flatMap((piece) => {
      const { messages, problem } = reader.push(piece);
      assert.equal(problem, null);
      return messages;
    });
    assert.deepEqual(heard, messages);
    assert.ok(reader.between);
  }));
});

Deno.test("frame: what is not finished is not handed over", () => {
  fc.assert(fc.property(message, fc.nat(), (one, place) => {
    const reader = new FrameReader();
    const framed = frame(one);
    const end = place % framed.length;
    assert.deepEqual(reader.push(framed.slice(0, end)).messages, []);
    assert.equal(reader.between, end === 0);
    assert.deepEqual(reader.push(framed.slice(end)).messages, [one]);
  }));
});

Deno.test("frame: a frame that is too long ends the stream for good", () => {
  const reader = new FrameReader();
  const problem = "a frame that is too long";
  const good = frame(Uint8Array.of(1));
  const heard = reader.push(Uint8Array.of(...good, 0x10, 0x01, ...good));
  assert.deepEqual(heard, { messages: [Uint8Array.of(1)], problem });
  assert.deepEqual(reader.push(good), { messages: [], problem });
});

Deno.test("frame: an empty one keeps a line alive, and is no message", () => {
  const reader = new FrameReader();
  const one = Uint8Array.of(1);
  const heard = reader.push(Uint8Array.of(0, 0, ...frame(one), 0, 0, 0, 0, ...frame(one), 0, 0));
  assert.deepEqual(heard, { messages: [one, one], problem: null });
  assert.ok(reader.between);
});

Deno.test("frame: the longest message passes, and hostile bytes are never held beyond it", () => {
  const longest = new Uint8Array(FRAME_BYTES_MAX).fill(1);
  assert.deepEqual(new FrameReader().push(frame(longest)), { messages: [longest], problem: null });
  assert.throws(() => frame(new Uint8Array(FRAME_BYTES_MAX + 1)), { name: "InvariantError" });
  assert.throws(() => frame(new Uint8Array()), { name: "InvariantError" });
});
