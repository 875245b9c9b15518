/** The bank over a real socket: what somebody else's switch or ATM would see. */
import assert from "node:assert/strict";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import {
  type Fields,
  frame,
  FRAME_BYTES_MAX,
  FrameReader,
  type Iso8583Message,
  pack,
  packElements,
  unpack,
  unpackElements,
  type WireFormat,
  type WireMessage,
} from "../../core/iso8583/mod.ts";
import { pinOpeningKey } from "../../core/keys/mod.ts";
import { encryptFormat4 } from "../../core/pin/mod.ts";
import { yuan } from "../../core/units.ts";
import { LINES_MAX, serveBank, UNREADABLE_MAX } from "../../sim/adapters/bank_server.ts";
import { bankVerb, peopleOf } from "../../sim/adapters/bank_verb.ts";
import { TEST_KEY } from "../../sim/adapters/options.ts";
import { HOME } from "../../sim/adapters/files.ts";
import { type Bank, createBank } from "../../sim/bank/mod.ts";
import { personOf } from "../../sim/people/mod.ts";
import { WIRES } from "../core/iso8583_messages.ts";

const WIRE: WireFormat = { bitmap: "hex", encoding: "ascii" };
const PIN_KEY = hexToBytes(TEST_KEY);
const CUSTOMER = personOf(42);
const FACE = { score: 0.8125, threshold: 0.5, model: "test" };

function openBank(): Bank {
  return createBank({
    people: [42, 7].map((person) => ({ person, balance: yuan(5_000), enrolled: true })),
    limits: {
      per_withdrawal: yuan(3_000),
      per_day: yuan(10_000),
      per_day_count: 5,
      pin_tries: 3,
    },
    pinKey: pinOpeningKey(PIN_KEY),
    wall: () => 1_514_514_600_000,
    record: () => {},
  });
}

interface Setting {
  readonly bank: Bank;
  readonly port: number;
  readonly dropped: string[];
}

async function served(
  use: (setting: Setting) => Promise<void>,
  options: { readonly idle_ms?: number; readonly wire?: WireFormat } = {},
): Promise<void> {
  const dropped: string[] = [];
  const bank = openBank();
  const server = serveBank({
    bank,
    wire: WIRE,
    port: 0,
    dropped: (why) => dropped.push(why),
    ...options,
  });
  try {
    await Promise.race([use({ bank, port: server.port, dropped }), server.failed]);
  } finally {
    await server.stop();
  }
}

/** A machine of somebody else's: it knows the bank by its bytes alone. */
class Client {
  readonly #line: Deno.TcpConn;
  readonly #wire: WireFormat;
  readonly #reader = new FrameReader();
  readonly #terminal: string;
  readonly #heard: Uint8Array[] = [];
  #stan = 0;

  private constructor(line: Deno.TcpConn, terminal: string, wire: WireFormat) {
    this.#line = line;
    this.#terminal = terminal;
    this.#wire = wire;
  }

  static async connect(port: number, terminal = "THEIRS01", wire = WIRE): Promise<Client> {
    return new Client(await Deno.connect({ hostname: "127.0.0.1", port }), terminal, wire);
  }

  message(mti: Iso8583Message["mti"], fields: Fields): Iso8583Message {
    const stan = String(++this.#stan).padStart(6, "0");
    return { mti, fields: { 7: "1229103000", 11: stan, 41: this.#terminal, ...fields } };
  }

  async say(bytes: Uint8Array): Promise<void> {
    let said = 0;
    while (said < bytes.length) said += await this.#line.write(bytes.subarray(said));
  }

  /** The next message; `null` when the bank has hung up. */
  async hear(): Promise<Uint8Array | null> {
    const buffer = new Uint8Array(512);
    while (this.#heard.length === 0) {
      const count = await this.#line.read(buffer).catch(() => null);
      if (count === null) return null;
      this.#heard.push(...this.#reader.push(buffer.subarray(0, count)).messages);
    }
    return this.#heard.shift() ?? null;
  }

  async ask(message: WireMessage): Promise<Fields> {
    await this.say(frame(pack(message, this.#wire)));
    const answer = unpack(await this.hear() ?? new Uint8Array(), this.#wire);
    assert.ok(answer.ok, "the bank answers");
    return answer.message.fields;
  }

  close(): void {
    this.#line.close();
  }
}

function sealed(pin: string): string {
  const { pan } = CUSTOMER;
  const random = new Uint8Array(8).fill(3);
  return bytesToHex(encryptFormat4({ pin, pan, key: PIN_KEY, random })).toUpperCase();
}

const PURCHASE = { 3: "010000", 4: yuan(500), 48: { face: FACE }, 49: "156" } as const;

/** A customer's whole visit, and a reversal that is sent three times. */
async function visit(client: Client, bank: Bank): Promise<void> {
  const found = await client.ask(
    client.message("0100", { 3: "330000", 48: { number: CUSTOMER.phone } }),
  );
  assert.deepEqual([found[39], found[2], found[48]?.reference], ["00", CUSTOMER.pan, "template"]);
  const account = { 2: CUSTOMER.pan, 52: sealed(CUSTOMER.pin) };
  const wrong = { ...account, 52: sealed("000000") };
  const refused = await client.ask(client.message("0100", { 3: "310000", ...wrong }));
  assert.deepEqual([refused[39], refused[48]?.pin_tries_left], ["55", 2]);
  const before = bank.balanceOf(42);
  const right = await client.ask(client.message("0100", { 3: "310000", ...account }));
  assert.deepEqual([right[39], right[54]], ["00", before]);
  const withdrawal = client.message("0200", { ...PURCHASE, ...account });
  const paid = await client.ask(withdrawal);
  assert.equal(paid[39], "00");
  assert.equal(paid[52], undefined, "an answer carries no PIN block");
  assert.equal(bank.balanceOf(42), before - yuan(500));
  const { 7: sent = "", 11: stan = "" } = withdrawal.fields;
  const reversal = client.message("0420", {
    2: CUSTOMER.pan,
    4: yuan(500),
    48: { reason: "4021" },
    90: `0200${stan}${sent}`,
  });
  for (const mti of ["0420", "0421", "0421"] as const) {
    assert.equal((await client.ask({ ...reversal, mti }))[39], "00");
    assert.equal(bank.balanceOf(42), before, "credited once");
  }
}

Deno.test.each(WIRES.map((wire) => [`${wire.encoding}, ${wire.bitmap}`, wire] as const))(
  "bank over TCP: a visit and its reversal, in %s",
  async (_name, wire) => {
    await served(async ({ bank, port }) => {
      const client = await Client.connect(port, "THEIRS01", wire);
      await visit(client, bank);
      client.close();
    }, { wire });
  },
);

Deno.test("bank over TCP: sign-on and echo are acknowledged, a key that it has not is not", async () => {
  await served(async ({ port }) => {
    const client = await Client.connect(port);
    for (const [code, answered] of [["001", "00"], ["301", "00"], ["101", "12"]] as const) {
      const fields = { 7: "1229103000", 11: "000001", 70: code };
      const answer = await client.ask({ mti: "0800", fields });
      assert.deepEqual(answer, { ...fields, 39: answered });
    }
    client.close();
  });
});

Deno.test("bank over TCP: bytes may come one by one, and messages two at a time", async () => {
  await served(async ({ port }) => {
    const client = await Client.connect(port);
    const inquiry = client.message("0100", { 3: "330000", 48: { number: CUSTOMER.idNumber } });
    const bytes = frame(pack(inquiry, WIRE));
    for (const byte of bytes) await client.say(Uint8Array.of(byte));
    const first = await client.hear();
    await client.say(Uint8Array.of(...bytes, ...bytes));
    assert.deepEqual([await client.hear(), await client.hear()], [first, first]);
    client.close();
  });
});

Deno.test("bank over TCP: what is not of this network is told so, less its secrets", async () => {
  await served(async ({ port }) => {
    const client = await Client.connect(port);
    // A balance of a service nobody has, with a PIN block: 3, 7, 11, 41, 52.
    const block = "A912150391AB65A67E52883D81CE2D15";
    const strange = "0200" + "2220000000801000" + "990000" + "1229103000" + "000009" + "THEIRS01" +
      block;
    await client.say(frame(new TextEncoder().encode(strange)));
    const answer = unpackElements(await client.hear() ?? new Uint8Array(), WIRE);
    assert.ok(answer.ok);
    assert.equal(answer.message.mti, "0210");
    assert.deepEqual(Object.fromEntries(answer.message.values), {
      3: "990000",
      7: "1229103000",
      11: "000009",
      39: "30",
      41: "THEIRS01",
    });
    client.close();
  });
});

Deno.test("bank over TCP: a line lives on through refusals and empty frames", async () => {
  await served(async ({ port, dropped }) => {
    const client = await Client.connect(port);
    const unknown = frame(packElements({ mti: "0500", values: new Map([[11, "000009"]]) }, WIRE));
    for (let n = 0; n < UNREADABLE_MAX + 4; n++) {
      await client.say(Uint8Array.of(0, 0, ...frame(noise(50)), 0, 0, ...unknown));
      assert.ok(await client.hear() !== null);
    }
    assert.equal((await client.ask({ mti: "0800", fields: { 70: "301" } }))[39], "00");
    assert.deepEqual(dropped, []);
    client.close();
  });
});

/** What comes down a line that nobody should have connected. */
const HOSTILE: readonly (readonly [string, (client: Client) => Promise<void>])[] = [
  ["an empty frame and nothing else", (client) => client.say(Uint8Array.of(0, 0))],
  ["a frame of 64 KiB", (client) => client.say(new Uint8Array(70_000).fill(0xff))],
  ["a message cut short", (client) => client.say(Uint8Array.of(1, 0, 48, 50))],
  ["a web browser", (client) => client.say(new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"))],
  ["the longest message of noise", (client) => client.say(frame(noise(FRAME_BYTES_MAX)))],
  ["noise without end", async (client) => {
    for (let n = 0; n <= UNREADABLE_MAX; n++) await client.say(frame(noise(50))).catch(() => {});
    assert.equal(await client.hear(), null, "the bank hangs up");
  }],
  ["somebody who asks and never listens", async (client) => {
    const inquiry = client.message("0100", { 3: "330000", 48: { number: CUSTOMER.phone } });
    const bytes = frame(pack(inquiry, WIRE));
    await client.say(
      Uint8Array.from({ length: 2_000 * bytes.length }, (_, i) => bytes[i % bytes.length] ?? 0),
    );
  }],
  ["nothing", () => Promise.resolve()],
];

function noise(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 151 + 7) & 0xff);
}

Deno.test.each(HOSTILE)("bank over TCP: %s disturbs nobody else", async (_name, attack) => {
  await served(async ({ bank, port }) => {
    const good = await Client.connect(port);
    const bad = await Client.connect(port, "HOSTILE1");
    await Promise.all([attack(bad), visit(good, bank)]);
    bad.close();
    good.close();
  });
});

Deno.test("bank over TCP: a line on which nothing moves is dropped, a busy one not", async () => {
  await served(async ({ bank, port, dropped }) => {
    const idle = await Client.connect(port);
    await idle.say(Uint8Array.of(0));
    assert.equal(await idle.hear(), null);
    assert.deepEqual(dropped, ["nothing moved on it for 0.2 s"]);
    const busy = await Client.connect(port);
    await visit(busy, bank);
    busy.close();
    idle.close();
  }, { idle_ms: 200 });
});

Deno.test("bank over TCP: whoever comes when all lines are taken is hung up on", async () => {
  await served(async ({ bank, port, dropped }) => {
    const clients: Client[] = [];
    for (let n = 0; n < LINES_MAX; n++) clients.push(await Client.connect(port));
    const late = await Client.connect(port);
    assert.equal(await late.hear(), null);
    assert.equal(dropped.length, 1);
    const [first] = clients;
    assert.ok(first);
    await visit(first, bank);
    for (const client of [...clients, late]) client.close();
  });
});

Deno.test("bank over TCP: a line that is reset before it is taken disturbs nobody else", async () => {
  await served(async ({ bank, port }) => {
    const good = await Client.connect(port);
    const reset = `import net from "node:net";
      const line = net.connect(${port}, "127.0.0.1", () => line.resetAndDestroy());`;
    // While this waits the bank takes no line, so it finds one that is gone already.
    const args = ["eval", "--quiet", reset];
    assert.ok(new Deno.Command(Deno.execPath(), { args }).outputSync().success);
    const next = await Client.connect(port);
    await visit(next, bank);
    for (const client of [good, next]) client.close();
  });
});

Deno.test("bank over TCP: two machines at once never share a debit or a reversal", async () => {
  await served(async ({ bank, port }) => {
    const account = { 2: CUSTOMER.pan, 52: sealed(CUSTOMER.pin) };
    const clients = await Promise.all(
      ["THEIRS01", "THEIRS02"].map((terminal) => Client.connect(port, terminal)),
    );
    const answers = await Promise.all(
      clients.map((client) => client.ask(client.message("0200", { ...PURCHASE, ...account }))),
    );
    assert.deepEqual(answers.map((fields) => fields[39]), ["00", "00"]);
    assert.equal(bank.balanceOf(42), yuan(4_000));
    const [first] = clients;
    assert.ok(first);
    // The same trace number and time as the other's: only its own is undone.
    const original = "0200" + "000001" + "1229103000";
    assert.equal(
      (await first.ask(first.message("0420", { 4: yuan(500), 90: original })))[39],
      "00",
    );
    assert.equal(bank.balanceOf(42), yuan(4_500));
    const cash = bank.ledger().filter(({ kind }) => kind === "reversal").map(({ debit }) => debit);
    assert.deepEqual(cash, ["atm_cash:THEIRS01"]);
    for (const client of clients) client.close();
  });
});

const VERB = {
  port: 0,
  people: "1-3",
  pinKey: TEST_KEY,
  tokenKey: TEST_KEY + TEST_KEY,
  ...WIRE,
} as const;

Deno.test("bank: people are numbers and ranges, each once", () => {
  assert.deepEqual(peopleOf("3-5,4,1"), [1, 3, 4, 5]);
  for (const bad of ["", "5-3", "1-100000", "one", "1,,2", "-1"]) {
    assert.throws(() => peopleOf(bad), { name: "InputError", message: /^bank: --people: / });
  }
});

Deno.test.each(
  [
    ["a short terminal", { terminal: "ATM" }, /--terminal.*eight/],
    ["a PIN key that is none", { pinKey: "secret" }, /--pin-key.*32/],
    ["a token key that is none", { tokenKey: "secret" }, /--token-key.*64/],
  ] as const,
)("bank: %s is bad input", async (_name, options, message) => {
  await assert.rejects(bankVerb({ ...VERB, ...options }), { name: "InputError", message });
});

Deno.test("bank: a port in use is one line that names the option", async () => {
  const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr;
  const message = `bank: --port: port ${port} is in use; choose another`;
  await assert.rejects(bankVerb({ ...VERB, port }), { name: "InputError", message });
  taken.close();
});

Deno.test("bank: it says where it listens, and Ctrl-C ends it cleanly", async () => {
  const verb = new URL("sim/adapters/bank_verb.ts", HOME).href;
  const code = `import { bankVerb } from "${verb}"; await bankVerb(${JSON.stringify(VERB)});`;
  const process = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", "--quiet", code],
    cwd: HOME,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const reader = process.stdout.getReader();
  let said = "";
  while (!said.includes("--list")) {
    const { value, done } = await reader.read();
    assert.ok(!done, said);
    said += new TextDecoder().decode(value);
  }
  const port = Number(/127\.0\.0\.1:([0-9]+)/.exec(said)?.[1]);
  const client = await Client.connect(port);
  const phone = personOf(2).phone;
  const found = await client.ask(client.message("0100", { 3: "330000", 48: { number: phone } }));
  assert.equal(found[2], personOf(2).pan);
  process.kill("SIGINT");
  assert.equal((await process.status).code, 0);
  assert.equal(await client.hear(), null);
  assert.equal(await new Response(process.stderr).text(), "");
  client.close();
  await reader.cancel();
});
