/**
 * An ATM application, the smallest there is, written from the standard alone: it finds the publisher,
 * reads capabilities, takes pictures, a number and a PIN, makes a PIN block, pays out, and takes back
 * what nobody took. Nothing of the project is used here.
 */
import assert from "node:assert/strict";
import { findPublishers, type Message, Service } from "./xfs_client.ts";

export interface Visit {
  readonly pictures: readonly Uint8Array[];
  readonly number: string;
  readonly pinBlock: Uint8Array;
  readonly yuan: number;
  /** What became of the cash. */
  readonly ending: "taken" | "retracted";
  readonly retracted: string;
  /** Everything the services said. */
  readonly messages: readonly Message[];
}

const DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const PIN_KEYS = {
  ...Object.fromEntries([...DIGITS, "clear", "backspace"].map((key) => [key, {}])),
  enter: { terminate: true },
  cancel: { terminate: true },
};

/** An identity number may end in X: a key of the manufacturer's. */
const NUMBER_KEYS = { ...PIN_KEYS, oemX: {} };

type Tree = Record<string, Record<string, Record<string, boolean>>>;

/** Serves one customer; cash that lies untaken for `patience_ms` of real time is taken back. */
export async function serveOne(port: number, patience_ms: number): Promise<Visit> {
  const published = (await findPublishers()).find((each) => each.port === port);
  assert(published !== undefined, `a publisher is at port ${port}`);
  const services = await Promise.all(published.services.map((uri) => Service.open(uri)));
  /** The service that can do this: by capabilities, not by its name. */
  const having = (command: string) => {
    const found = services.find((service) => service.speaks(command));
    assert(found !== undefined, `a service has ${command}`);
    return found;
  };
  const camera = having("Camera.TakePicture");
  const keypad = having("PinPad.GetPinBlock");
  const cash = having("CashDispenser.Dispense");

  const pictures = await picturesOf(camera);
  const entered = done(
    await keypad.ask("Keyboard.DataEntry", { maxLen: 18, autoEnd: false, activeKeys: NUMBER_KEYS }),
  );
  const number = (entered["pinKeys"] as { digit: string }[])
    .map(({ digit }) => digit === "oemX" ? "X" : String(DIGITS.indexOf(digit)))
    .filter((digit) => digit !== "-1").join("");
  const pin = { minLen: 6, maxLen: 6, autoEnd: false, activeKeys: PIN_KEYS };
  assert.equal(done(await keypad.ask("Keyboard.PinEntry", pin))["digits"], 6);
  const block = { customerData: "621700123456789012", format: "iso4", key: "PINKEY" };
  const { pinBlock } = done(await keypad.ask("PinPad.GetPinBlock", block));

  const yuan = await payOut(cash, 500);
  const ending = await takenOrNot(cash, patience_ms);
  const retracted = ending === "taken"
    ? ""
    : JSON.stringify(done(await cash.ask("CashManagement.Retract"))["storage"]);
  for (const service of services) await service.close();
  return {
    pictures,
    number,
    pinBlock: Uint8Array.fromBase64(pinBlock as string),
    yuan,
    ending,
    retracted,
    messages: services.flatMap(({ messages }) => messages),
  };
}

/** One exposure of every camera there is. */
async function picturesOf(camera: Service): Promise<Uint8Array[]> {
  const capabilities = done(await camera.ask("Common.Capabilities")) as unknown as Tree;
  const names = Object.entries(capabilities["camera"]!["cameras"]!)
    .filter(([, fitted]) => fitted).map(([name]) => name);
  const asked = names.map((name) => camera.send("Camera.TakePicture", { camera: name }));
  const taken = await Promise.all(asked.map((id) => camera.completion(id)));
  return taken.map((message) => Uint8Array.fromBase64(done(message)["pictureFile"] as string));
}

async function payOut(cash: Service, amount: number): Promise<number> {
  const { mixes } = done(await cash.ask("CashDispenser.GetMixTypes"));
  const [mix] = Object.keys(mixes as object);
  const denomination = { denomination: { service: { currencies: { CNY: amount }, mix } } };
  const paid = done(await cash.ask("CashDispenser.Dispense", { denomination }));
  const { currencies } = paid["denomination"] as { currencies: Record<string, number> };
  done(await cash.ask("CashDispenser.Present"));
  await cash.told("CashManagement.ItemsPresentedEvent");
  return currencies["CNY"]!;
}

async function takenOrNot(cash: Service, patience_ms: number): Promise<Visit["ending"]> {
  const { promise: tired, resolve } = Promise.withResolvers<"retracted">();
  const timer = setTimeout(() => resolve("retracted"), patience_ms);
  const taken = cash.told("CashManagement.ItemsTakenEvent").then(() => "taken" as const);
  taken.catch(() => {}); // not taken at all: the connection is closed before that is said
  const ending = await Promise.race([taken, tired]);
  clearTimeout(timer);
  return ending;
}

function done({ header, payload }: Message): Record<string, unknown> {
  const why = payload?.["errorCode"] ?? header.errorDescription;
  assert.equal(header.completionCode, "success", `${header.name}: ${why}`);
  return payload ?? {};
}
