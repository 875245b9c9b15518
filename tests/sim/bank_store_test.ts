/** What a bank keeps in a file: the same bank comes out of it, and the file defends itself. */
import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { bytesToHex } from "@noble/hashes/utils.js";
import fc from "fast-check";
import type { Fields, Iso8583Message } from "../../core/iso8583/mod.ts";
import { pinOpeningKey } from "../../core/keys/mod.ts";
import { encryptFormat4 } from "../../core/pin/mod.ts";
import { fen, yuan } from "../../core/units.ts";
import { openBankFile } from "../../sim/adapters/bank_store.ts";
import { bankVerb } from "../../sim/adapters/bank_verb.ts";
import { TEST_KEY } from "../../sim/adapters/options.ts";
import { HOME } from "../../sim/adapters/files.ts";
import { type Bank, type BankStore, createBank, type Fact } from "../../sim/bank/mod.ts";
import { personOf } from "../../sim/people/mod.ts";

const PIN_KEY = new Uint8Array(16).fill(7);
const PEOPLE = [42, 7];
const START_MS = 1_514_514_600_000;
const NAME = "--ledger";

function openBank(store?: BankStore): Bank {
  return createBank({
    people: PEOPLE.map((person) => ({ person, balance: yuan(9_000), enrolled: true })),
    limits: { per_withdrawal: yuan(3_000), per_day: yuan(10_000), per_day_count: 5, pin_tries: 3 },
    pinKey: pinOpeningKey(PIN_KEY),
    wall: () => START_MS,
    record: () => {},
    ...(store === undefined ? {} : { store }),
  });
}

function inFile(use: (path: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    use(`${folder}/bank.db`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** A store in memory, which anybody may look into. */
function remembering(): BankStore & { readonly facts: Fact[] } {
  const facts: Fact[] = [];
  const order = ["entry", "debit", "reversal", "answer", "pin"];
  return {
    facts,
    load: () => facts.toSorted((a, b) => order.indexOf(a.fact) - order.indexOf(b.fact)),
    commit: (more) => void facts.push(...structuredClone(more)),
  };
}

function block(person: number, right: boolean): string {
  const { pan, pin } = personOf(person);
  const typed = right ? pin : String((Number(pin) + 1) % 1_000_000).padStart(6, "0");
  const random = new Uint8Array(8).fill(3);
  return bytesToHex(encryptFormat4({ pin: typed, pan, key: PIN_KEY, random })).toUpperCase();
}

function common(stan: number): Fields {
  return { 7: "1229103000", 11: String(stan).padStart(6, "0"), 41: "TWIN0001" };
}

/** Messages of two machines' worth of trouble: few numbers, so that many are used again. */
const message: fc.Arbitrary<Iso8583Message> = fc.oneof(
  fc.record({
    stan: fc.integer({ min: 1, max: 8 }),
    person: fc.constantFrom(...PEOPLE),
    hundreds: fc.integer({ min: 1, max: 31 }),
    right: fc.boolean(),
  }).map(({ stan, person, hundreds, right }) => ({
    mti: "0200" as const,
    fields: {
      ...common(stan),
      2: personOf(person).pan,
      3: "010000" as const,
      4: yuan(100 * hundreds),
      48: { face: { score: 0.8, threshold: 0.5, model: "test" } },
      49: "156" as const,
      52: block(person, right),
    },
  })),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()).map(([stan, again]) => ({
    mti: again ? "0421" as const : "0420" as const,
    fields: { ...common(stan + 50), 90: `0200${common(stan)[11]}1229103000` },
  })),
  fc.tuple(fc.integer({ min: 1, max: 8 }), fc.constantFrom(...PEOPLE)).map(([stan, person]) => ({
    mti: "0100" as const,
    fields: {
      ...common(stan),
      3: "330000" as const,
      48: { number: personOf(person).phone },
    },
  })),
);

function inside(bank: Bank) {
  return {
    ledger: bank.ledger(),
    debits: bank.debits(),
    balances: PEOPLE.map((person) => bank.balanceOf(person)),
    locked: PEOPLE.map((person) => bank.isLocked(person)),
  };
}

Deno.test("bank file: whenever it is closed and opened, the bank goes on as if it had not been", () => {
  inFile((path) => {
    let nth = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(message, fc.boolean()), { minLength: 1, maxLength: 25 }),
        (steps) => {
          const file = `${path}-${nth++}`;
          let store = openBankFile(file, NAME);
          let kept = openBank(store);
          const whole = openBank();
          for (const [each, restart] of steps) {
            assert.deepEqual(kept.receive(each), whole.receive(each));
            if (!restart) continue;
            store.close();
            store = openBankFile(file, NAME);
            kept = openBank(store);
            assert.deepEqual(inside(kept), inside(whole));
          }
          store.close();
        },
      ),
      { numRuns: 25 },
    );
  });
});

Deno.test("bank: what was committed before an answer is enough to give the answer again", () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 25 }), (messages) => {
      const store = remembering();
      const bank = openBank(store);
      for (const each of messages) {
        const answer = bank.receive(each);
        const again = openBank(store);
        assert.deepEqual(again.receive(each), each.mti === "0200" ? bank.receive(each) : answer);
        assert.deepEqual(inside(again), inside(bank));
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("bank: a store that fails keeps the answer back, and nothing is lost or done twice", () => {
  const kept = remembering();
  let full = false;
  const bank = openBank({
    load: () => [],
    commit: (facts) => {
      if (full) throw new Error("the disk is full");
      kept.commit(facts);
    },
  });
  const withdrawal: Iso8583Message = {
    mti: "0200",
    fields: {
      ...common(1),
      2: personOf(42).pan,
      3: "010000",
      4: yuan(500),
      48: { face: { score: 0.8, threshold: 0.5, model: "test" } },
      49: "156",
      52: block(42, true),
    },
  };
  full = true;
  assert.throws(() => bank.receive(withdrawal), /disk is full/);
  full = false;
  assert.equal(openBank(kept).balanceOf(42), yuan(9_000), "what was not kept is not promised");
  assert.equal(bank.receive(withdrawal)?.fields[39], "00");
  assert.equal(openBank(kept).balanceOf(42), yuan(8_500));
});

Deno.test("bank file: its tables are only added to, and hold nothing that names anybody", () => {
  inFile((path) => {
    const store = openBankFile(path, NAME);
    const bank = openBank(store);
    fc.sample(message, { numRuns: 60, seed: 5 }).forEach((each) => bank.receive(each));
    const sums = PEOPLE.map((person) => bank.balanceOf(person));
    store.close();
    const database = new DatabaseSync(path);
    for (const table of ["entries", "debits", "reversals", "answers", "pin_tries"]) {
      const rows = database.prepare(`SELECT count(*) AS n FROM ${table}`).get();
      assert(Number(rows?.n) > 0, `${table} is used`);
      assert.throws(() => database.exec(`DELETE FROM ${table}`), /only added to/);
    }
    assert.throws(() => database.exec("UPDATE entries SET amount = 1"), /only added to/);
    const held = database.prepare("SELECT sum(amount) AS held FROM postings WHERE account = ?");
    assert.deepEqual(
      PEOPLE.map((person) => held.get(`customer:${person}`)?.held),
      sums,
      "a balance is a sum in SQL too",
    );
    assert.equal(
      database.prepare("SELECT sum(amount) AS all_of_it FROM postings").get()?.all_of_it,
      0,
    );
    database.close();
    const bytes = new TextDecoder("latin1").decode(Deno.readFileSync(path));
    for (const { pan, phone, idNumber, pin } of PEOPLE.map(personOf)) {
      for (const secret of [pan, phone, idNumber]) assert(!bytes.includes(secret));
      assert.doesNotMatch(bytes, new RegExp(`(?<![0-9a-f])${pin}(?![0-9a-f])`));
    }
  });
});

Deno.test("bank file: somebody else's bank, somebody else's file, a newer program's file", () => {
  inFile((path) => {
    const store = openBankFile(path, NAME);
    assert.throws(() => openBankFile(path, NAME), /--ledger: .* belongs to a bank that is running/);
    store.close();
    openBankFile(path, NAME).close();
    Deno.writeTextFileSync(
      `${path}.txt`,
      "not a database, but long enough to be looked at closely",
    );
    assert.throws(() => openBankFile(`${path}.txt`, NAME), /no ledger of this program/);
    const database = new DatabaseSync(path);
    database.exec("INSERT INTO migrations VALUES (99)");
    database.close();
    assert.throws(() => openBankFile(path, NAME), /newer atm-twin/);
    assert.throws(() => openBankFile("/nowhere/at/all.db", NAME), { name: "InputError" });
  });
});

Deno.test("bank file: of another program's database no byte is changed", () => {
  inFile((path) => {
    const database = new DatabaseSync(path);
    database.exec("CREATE TABLE entries (theirs); INSERT INTO entries VALUES (1)");
    database.close();
    const theirs = Deno.readFileSync(path);
    assert.throws(() => openBankFile(path, NAME), /no ledger.*tables of another program/);
    assert.deepEqual(Deno.readFileSync(path), theirs);
    assert.deepEqual([...Deno.readDirSync(path.replace("/bank.db", ""))].length, 1);
  });
});

Deno.test("bank file: by whatever name it is opened, it has one bank", () => {
  inFile((path) => {
    const store = openBankFile(path, NAME);
    Deno.symlinkSync(path, `${path}.link`);
    assert.throws(() => openBankFile(`${path}.link`, NAME), /belongs to a bank that is running/);
    store.close();
    const linked = openBankFile(`${path}.link`, NAME);
    assert.throws(() => openBankFile(path, NAME), /belongs to a bank that is running/);
    Deno.linkSync(path, `${path}.hard`);
    assert.throws(() => openBankFile(`${path}.hard`, NAME), /has another name, by a hard link/);
    linked.close();
    Deno.symlinkSync(`${path}.new`, `${path}.alias`);
    const first = openBankFile(`${path}.alias`, NAME);
    assert.throws(() => openBankFile(`${path}.new`, NAME), /belongs to a bank that is running/);
    first.close();
  });
});

Deno.test.each([
  ["UPDATE entries SET debit = 'nobody'", /a row that no bank wrote/],
  ["UPDATE answers SET verdict = '{'", /JSON/],
  ["DELETE FROM entries WHERE n = 2", /numbered without gaps/],
  ["UPDATE debits SET n = 1", /entry 1 is a withdrawal/],
])("bank file: of one damaged by %s a bank says so in one line", async (damage, why) => {
  const folder = await Deno.makeTempDir();
  const ledger = `${folder}/bank.db`;
  const store = openBankFile(ledger, NAME);
  const bank = openBank(store);
  fc.sample(message, { numRuns: 60, seed: 5 }).forEach((each) => bank.receive(each));
  store.close();
  const database = new DatabaseSync(ledger);
  database.exec("PRAGMA foreign_keys = OFF");
  for (const table of ["entries", "answers", "debits"]) {
    for (const deed of ["update", "delete"]) database.exec(`DROP TRIGGER ${table}_no_${deed}`);
  }
  database.exec("DELETE FROM debits WHERE n > (SELECT min(n) FROM debits)");
  database.exec(damage);
  database.close();
  const keys = { pinKey: TEST_KEY, tokenKey: TEST_KEY + TEST_KEY };
  const verb = {
    port: 0,
    people: "7,42",
    bitmap: "hex",
    encoding: "ascii",
    ledger,
    ...keys,
  } as const;
  await assert.rejects(bankVerb(verb), (error: Error) => {
    assert.equal(error.name, "InputError");
    assert.match(error.message, /^bank: --ledger: \S+ is damaged \(.*\); name an older copy/);
    assert.match(error.message, why);
    return true;
  });
  openBankFile(ledger, NAME).close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("bank file: books in memory leave nothing in the folder", async () => {
  const folder = await Deno.makeTempDir();
  const main = new URL("main.ts", HOME).href;
  const bank = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", main, "bank", "--port", "0", "--ledger", ":memory:"],
    cwd: folder,
    stdout: "piped",
  }).spawn();
  let said = "";
  for await (const text of bank.stdout.pipeThrough(new TextDecoderStream())) {
    said += text;
    if (said.includes("--list")) bank.kill("SIGINT");
  }
  await bank.status;
  assert.match(said, /books in memory/);
  assert.deepEqual([...Deno.readDirSync(folder)], []);
  await Deno.remove(folder);
});

Deno.test("bank file: a disk that is full is bad input, in one line that names the option", () => {
  inFile((path) => {
    const store = new URL("sim/adapters/bank_store.ts", HOME).href;
    const source = `
      import { openBankFile } from "${store}";
      const file = openBankFile(Deno.args[0], "${NAME}");
      try {
        for (let person = 0; ; person++) {
          file.commit([{ fact: "pin", person, tries_left: 1, wall_ms: 0 }]);
        }
      } catch (error) {
        console.log(error.name, error.message);
      }`;
    // The system lets no file of this process grow beyond so much, and says it by an error alone.
    const shell = `trap "" XFSZ; ulimit -f 500; exec "$0" eval --no-check --quiet "$1" -- "$2"`;
    const { stdout } = new Deno.Command("sh", {
      args: ["-c", shell, Deno.execPath(), source, path],
      cwd: HOME,
    }).outputSync();
    const said = new TextDecoder().decode(stdout);
    assert.match(said, /^InputError bank: --ledger: \S+ cannot be written \(.+\); .+\n$/);
  });
});

Deno.test("bank file: once it is deleted or replaced nothing more is acknowledged", () => {
  inFile((path) => {
    const store = openBankFile(path, NAME);
    const tries = { fact: "pin", person: 1, tries_left: 1, wall_ms: 0 } as const;
    store.commit([tries]);
    Deno.renameSync(path, `${path}.aside`);
    const gone = /^bank: --ledger: \S+ was deleted or replaced; put it back as it was/;
    assert.throws(() => store.commit([tries]), { name: "InputError", message: gone });
    Deno.writeTextFileSync(path, "");
    assert.throws(() => store.commit([tries]), { name: "InputError", message: gone });
    Deno.renameSync(`${path}.aside`, path);
    store.commit([tries]);
    assert.deepEqual([...store.load()], [tries, tries]);
    store.close();
  });
});

Deno.test("bank file: it is free once closed, though other threads are starting programs", async () => {
  const source = `
    postMessage("ready");
    while (true) {
      await Promise.all(Array.from({ length: 8 }, () => new Deno.Command("true").output()));
    }`;
  const starter = new Worker(`data:application/javascript,${encodeURIComponent(source)}`, {
    type: "module",
  });
  await new Promise((resolve) => starter.onmessage = resolve);
  try {
    inFile((path) => {
      for (let nth = 0; nth < 300; nth++) openBankFile(path, NAME).close();
    });
  } finally {
    starter.terminate();
  }
});

Deno.test("bank: cash that is loaded is expected in the machine", () => {
  const bank = openBank();
  bank.load("TWIN0001", fen(1_000_00));
  const entry = bank.ledger().at(-1);
  assert.deepEqual([entry?.kind, entry?.debit, entry?.credit, entry?.amount], [
    "load",
    "atm_cash:TWIN0001",
    "settlement",
    1_000_00,
  ]);
});
