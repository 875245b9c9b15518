/**
 * `bank`: the host, for somebody else's switch or ATM.
 *
 * Its customers are people of the twin (`--people`), each enrolled, each with 5,000 yuan; `--list`
 * prints what they would type. Its limits are those of the machine profile `lhasa-lobby`. With
 * `--ledger` it keeps its books and everything it has promised in a file, and goes on from there when
 * it is started again, however it ended; without, they end with the program.
 */
import { hexToBytes } from "@noble/hashes/utils.js";
import * as z from "zod";
import { explain, type WireFormat } from "../../core/iso8583/mod.ts";
import { macKey, pinOpeningKey, protectionKey } from "../../core/keys/mod.ts";
import { yuan } from "../../core/units.ts";
import {
  type AnsweredBytes,
  authenticated,
  type Bank,
  bankLimitsOf,
  type BankOptions,
  createBank,
  type Host,
} from "../bank/mod.ts";
import { personOf, POPULATION } from "../people/mod.ts";
import { InputError } from "../plan/mod.ts";
import { openBankFile } from "./bank_store.ts";
import { type BankServer, serveBank } from "./bank_server.ts";
import { readProfile } from "./files.ts";
import { type PinOptions, pinsOf, wireFor } from "./pins.ts";
import { complain, interruption, print } from "./terminal.ts";
import { wallNow } from "./wall_time.ts";

export interface BankVerbOptions extends WireFormat, PinOptions {
  readonly port: number;
  /** Numbers and ranges: "1-200", "7,42,100-120". */
  readonly people: string;
  /** DE 41 of the one machine that is served; absent: any. */
  readonly terminal?: string;
  /** HMAC-SHA256 key of dispense tokens, 64 hexadecimal digits; made where a request has a nonce. */
  readonly tokenKey: string;
  /** AES-128 key of message authentication; absent: no code is asked for. */
  readonly macKey?: string;
  /** AES-128 key under which new keys travel (0800/101); absent: none is given. */
  readonly keyBlockKey?: string;
  /** SQLite file of the books; absent: they end with the program. */
  readonly ledger?: string;
  /** Prints the customers and ends. */
  readonly list?: boolean;
  /** Prints every message, masked. */
  readonly explain?: boolean;
}

const BALANCE = yuan(5_000);
const PROFILE = "lhasa-lobby";

/** Serves until Ctrl-C. Throws {@linkcode InputError} when an option makes no sense. */
export async function bankVerb({ ledger, ...others }: BankVerbOptions): Promise<void> {
  // So SQLite calls what is in no file: nothing is opened, and nothing locked.
  const options: BankVerbOptions = ledger === undefined || ledger === ":memory:"
    ? others
    : { ...others, ledger };
  const people = peopleOf(options.people);
  if (options.list === true) return list(people);
  const terms = await termsOf(options);
  const store = options.ledger === undefined ? null : openBankFile(options.ledger, "--ledger");
  try {
    const bank = bankOf({
      ...terms,
      people: people.map((person) => ({ person, balance: BALANCE, enrolled: true })),
      ...(store === null ? {} : { store }),
    }, options.ledger);
    await serve(options, people, bank, hostOf(options, bank));
  } finally {
    store?.close();
  }
}

/** A bank; of a ledger, as the last one left it. */
function bankOf(options: BankOptions, ledger: string | undefined): Bank {
  try {
    return createBank(options);
  } catch (error) {
    if (ledger === undefined || !(error instanceof Error) || error instanceof InputError) {
      throw error;
    }
    // Whatever cannot be taken back was not kept by a bank.
    const why = error instanceof z.ZodError ? "a row that no bank wrote" : error.message;
    throw wrong("--ledger", `${ledger} is damaged (${why}); name an older copy, or another file`);
  }
}

async function serve(
  options: BankVerbOptions,
  people: readonly number[],
  bank: Bank,
  host: Host,
): Promise<void> {
  const server = open(options, host);
  print(`atm-twin: the bank is at 127.0.0.1:${server.port} (Ctrl-C ends)`);
  print(`  ISO 8583:1987, ${options.encoding}, ${options.bitmap} bitmaps, two bytes of length`);
  const { pinFormat = "iso4" } = options;
  if (pinFormat !== "iso4") {
    print(`  PIN blocks of ISO 9564 format ${pinFormat.slice(-1)}: DE 52 has 8 bytes, of TDEA`);
  }
  const kept = options.ledger === undefined ? "in memory" : `in ${options.ledger}`;
  if (options.macKey !== undefined) print("  messages carry authentication codes (DE 64, 128)");
  print(`  books ${kept}, ${bank.ledger().length} entries`);
  print(`  ${people.length} customers; their numbers and PINs: --list`);
  const interrupted = interruption();
  try {
    await Promise.race([interrupted.heard, server.failed]);
  } finally {
    interrupted.stop();
    await server.stop();
  }
}

/** What the options and the machine profile say of the bank. */
async function termsOf(options: BankVerbOptions): Promise<Omit<BankOptions, "people" | "store">> {
  const { terminal } = options;
  if (terminal !== undefined && !/^[ -~]{8}$/.test(terminal)) {
    throw wrong("--terminal", "a terminal has eight characters (DE 41)");
  }
  const { key, legacy } = pinsOf(options, "bank");
  const keys = { macKey: options.macKey, keyBlockKey: options.keyBlockKey };
  for (const [option, hex] of Object.entries(keys)) {
    if (hex === undefined || /^[0-9A-Fa-f]{32}$/.test(hex)) continue;
    const field = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw wrong(`--${field}`, "an AES-128 key has 32 hexadecimal digits");
  }
  if (options.keyBlockKey !== undefined && options.macKey === undefined) {
    throw wrong("--key-block-key", "what is changed is the key of codes; give --mac-key too");
  }
  if (!/^[0-9A-Fa-f]{64}$/.test(options.tokenKey)) {
    throw wrong("--token-key", "an HMAC-SHA256 key has 64 hexadecimal digits");
  }
  const { limits, policies } = await readProfile(PROFILE, "bank");
  return {
    limits: bankLimitsOf(limits),
    pinKey: pinOpeningKey(key, legacy === undefined ? "A" : "T"),
    ...(legacy === undefined ? {} : { legacyPins: legacy }),
    tokenKey: hexToBytes(options.tokenKey),
    first_use: policies.first_use,
    wall: wallNow,
    record: () => {},
    ...(terminal === undefined ? {} : { terminalId: terminal }),
  };
}

/** The bank, behind message authentication where there is a key for it. */
function hostOf(options: BankVerbOptions, bank: Bank): Host {
  const { macKey: mac, keyBlockKey } = options;
  if (mac === undefined) return bank;
  return authenticated({
    host: bank,
    key: macKey(hexToBytes(mac)),
    ...(keyBlockKey === undefined ? {} : { protection: protectionKey(hexToBytes(keyBlockKey)) }),
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    wire: wireFor(options, options.pinFormat),
  });
}

function open(options: BankVerbOptions, bank: Host): BankServer {
  const { port, explain } = options;
  try {
    return serveBank({
      bank,
      wire: wireFor(options, options.pinFormat),
      port,
      answered: (answered) => tell(answered, explain === true),
      dropped: (why) => complain(`a line was dropped: ${why}`),
    });
  } catch (error) {
    const { AddrInUse, PermissionDenied } = Deno.errors;
    if (error instanceof AddrInUse) throw wrong("--port", `port ${port} is in use; choose another`);
    if (!(error instanceof PermissionDenied)) throw error;
    throw wrong("--port", `port ${port} is not ours to take; choose one above 1023`);
  }
}

function tell({ request, reply, problem }: AnsweredBytes, all: boolean): void {
  if (problem !== null) {
    const { field, offset, problem: what } = problem;
    complain(`a message was not understood: element ${field} at byte ${offset}: ${what}`);
  }
  for (const message of all ? [request, reply] : []) {
    if (message !== null) print(explain(message));
  }
}

/** The people of a list of numbers and ranges, each once. */
export function peopleOf(text: string): number[] {
  const people = new Set<number>();
  for (const part of text.split(",")) {
    const [, first = "", last = first] = /^([0-9]{1,5})(?:-([0-9]{1,5}))?$/.exec(part) ?? [];
    if (first === "" || Number(last) < Number(first) || Number(last) >= POPULATION) {
      const message = `"${part}" is no range of people; use 0 to ${POPULATION - 1}, as in 1-200`;
      throw wrong("--people", message);
    }
    for (let person = Number(first); person <= Number(last); person++) people.add(person);
  }
  return [...people].sort((a, b) => a - b);
}

function list(people: readonly number[]): void {
  print(["person", "phone", "identity number", "account", "PIN"].join("\t"));
  for (const { person, phone, idNumber, pan, pin } of people.map(personOf)) {
    print([person, phone, idNumber, pan, pin].join("\t"));
  }
}

function wrong(field: string, message: string): InputError {
  return new InputError({ file: "bank", field, message });
}
