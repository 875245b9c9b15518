/** Devices of somebody else's that answer badly, or not at all: told in one line, and no crash. */
import assert from "node:assert/strict";
import { command, type CompletionMessage, type DeviceMessage } from "../../core/xfs4iot/mod.ts";
import type { Surroundings } from "../../devices/mod.ts";
import { RemoteLine } from "../../sim/adapters/remote_line.ts";
import { connectMachine, type RemoteMachine } from "../../sim/adapters/remote_machine.ts";
import { planFrom } from "../sim/credulous.ts";

const INTERFACES = ["Camera", "PinPad", "CashDispenser", "Printer", "Auxiliaries"];
const PATH = "/xfs4iot/v1.0";

interface Asked {
  readonly name: string;
  readonly version: string;
  readonly requestId: number;
}

/** The answers of devices that are as they should be. */
function sound(name: string, origin: string, path: string): object {
  switch (name) {
    case "ServicePublisher.GetServices":
      return {
        services: INTERFACES.map((each) => ({
          serviceURI: `${origin}${PATH}/${each.toLowerCase()}`,
        })),
      };
    case "Common.Capabilities":
      return {
        interfaces: INTERFACES.filter((each) => path.endsWith(each.toLowerCase())).map((each) => ({
          name: each,
          commands: {},
          events: {},
        })),
      };
    default:
      return {};
  }
}

/**
 * A machine whose services speak as `answers` says, and soundly where it says `undefined`; each answer
 * under the headers that `besides` makes of its own.
 */
async function withMachine(
  answers: (name: string) => object | null | undefined,
  work: (address: string, machine: { drop(): void }) => Promise<void>,
  besides: (header: CompletionMessage["header"]) => readonly object[] = (header) => [header],
): Promise<void> {
  const sockets: WebSocket[] = [];
  const drop = () => sockets.forEach((socket) => socket.close());
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { host, pathname } = new URL(request.url);
    const { socket, response } = Deno.upgradeWebSocket(request);
    sockets.push(socket);
    socket.onmessage = ({ data }) => {
      const { name, version, requestId } = JSON.parse(data).header as Asked;
      const said = answers(name);
      if (said === null) return;
      const of = { type: "completion", name, version, requestId } as const;
      const payload = said ?? sound(name, `ws://${host}`, pathname);
      for (const header of besides({ ...of, completionCode: "success" })) {
        socket.send(JSON.stringify("status" in header ? { header } : { header, payload }));
      }
    };
    return response;
  });
  try {
    await work(`ws://127.0.0.1:${server.addr.port}`, { drop });
  } finally {
    await server.shutdown();
  }
}

const PATIENCE_MS = 300;

Deno.test.each<[string, (name: string) => object | null | undefined, RegExp]>([
  [
    "a publisher that says nothing",
    (name) => name === "ServicePublisher.GetServices" ? null : undefined,
    /--devices: ws:.* gives no answer to ServicePublisher\.GetServices/,
  ],
  [
    "an answer of another shape",
    (name) => name === "ServicePublisher.GetServices" ? { services: "all of them" } : undefined,
    /--devices: ws:.* gives no answer to ServicePublisher\.GetServices that can be read/,
  ],
  [
    "a service that cannot have that address",
    (name) =>
      name === "ServicePublisher.GetServices"
        ? { services: [{ serviceURI: "the camera" }] }
        : undefined,
    /--devices: the camera is no address of a service/,
  ],
])("remote: %s is told in one line", async (_what, answers, said) => {
  await withMachine(answers, async (address) => {
    await assert.rejects(connectMachine(address, 1, { answer_ms: PATIENCE_MS }), {
      name: "InputError",
      message: said,
    });
  });
});

/** What a device hears goes to `send`, at once. */
function hearing(send: (message: DeviceMessage) => void): Surroundings {
  const after = (_moment: number, task: () => void) => task();
  return { now: () => 0, after, send } as unknown as Surroundings;
}

Deno.test("remote: a picture that is no PNG is that of a broken camera, not the end of the run", async () => {
  const answers = (name: string) =>
    name === "Camera.TakePicture" ? { pictureFile: btoa("a holiday") } : undefined;
  await withMachine(answers, async (address) => {
    const machine = await connectMachine(address, 1);
    const { promise, resolve } = Promise.withResolvers<DeviceMessage>();
    const ports = await machine.ports(await planFrom("returning-customer", {}));
    const { camera } = ports.devices(() => hearing(resolve));
    camera.receive(command("Camera.TakePicture", 1, { camera: "rgb" }));
    const { header } = await promise as CompletionMessage;
    machine.close();
    assert.equal(header.completionCode, "hardwareError");
    assert.match(header.errorDescription ?? "", /pictureFile: is no PNG/);
  });
});

/**
 * What the core hears when it asks for `CashDispenser.Reject` as 7, answered so, up to what `ends`; and
 * what whoever runs it is told.
 */
async function heardOfReject(
  answered: (header: CompletionMessage["header"]) => readonly object[],
  ends: DeviceMessage["header"]["type"],
  asides: string[] = [],
): Promise<readonly DeviceMessage["header"][]> {
  const heard: DeviceMessage["header"][] = [];
  const { promise: all, resolve } = Promise.withResolvers<void>();
  const surroundings = hearing(({ header }) => {
    heard.push(header);
    if (header.type === ends) resolve();
  });
  await withMachine(
    () => undefined,
    async (address) => {
      const machine = await connectMachine(address, 1, { aside: (why) => asides.push(why) });
      const ports = await machine.ports(await planFrom("returning-customer", {}));
      const { cashdispenser } = ports.devices(() => surroundings);
      cashdispenser.receive(command("CashDispenser.Reject", 7, {}));
      await all;
      machine.close();
    },
    (header) => header.name === "CashDispenser.Reject" ? answered(header) : [header],
  );
  return heard;
}

Deno.test("remote: what answers nothing that was asked is heard by nobody, and told once", async () => {
  const asides: string[] = [];
  const heard = await heardOfReject(
    (header) => [
      { ...header, name: "Common.Status" },
      { ...header, requestId: 8 },
      { ...header, type: "event", name: "CashDispenser.StartDispenseEvent", requestId: 8 },
      header,
      header,
      { type: "unsolicited", name: "CashManagement.ItemsTakenEvent", version: "2.0" },
    ],
    "unsolicited",
    asides,
  );
  assert.deepEqual(heard.map(({ type, name }) => `${type} ${name}`), [
    "completion CashDispenser.Reject",
    "unsolicited CashManagement.ItemsTakenEvent",
  ]);
  assert.deepEqual(
    asides.map((why) => why.replace(/^a message of ws:\S+\/cashdispenser was /, "")),
    [
      "left aside: completion Common.Status: its requestId is that of CashDispenser.Reject",
      "left aside: completion CashDispenser.Reject: no request with its requestId is open",
      "left aside: event CashDispenser.StartDispenseEvent: no request with its requestId is open",
    ],
  );
});

Deno.test("remote: why an answer cannot be read is told, and nothing of what it says", async () => {
  const asides: string[] = [];
  await heardOfReject(
    (header) => [
      { ...header, completionCode: "4711" },
      { ...header, type: "unsolicited", name: "Vendor.HeartbeatEvent" },
      { ...header, type: "news" },
      header,
    ],
    "completion",
    asides,
  );
  const [code = "", vendor, news, ...more] = asides.map((why) => why.split(" was left aside: ")[1]);
  assert.match(code, /^completion CashDispenser\.Reject: header\.completionCode: /);
  assert.equal(code.includes("4711"), false);
  assert.match(vendor ?? "", /^unsolicited Vendor\.HeartbeatEvent: /);
  assert.equal(news, "it has no header of a message");
  assert.deepEqual(more, []);
});

Deno.test("remote: a command that its acknowledge refuses is over", async () => {
  const [refused, over, ...more] = await heardOfReject(
    ({ completionCode: _none, ...header }) => [
      { ...header, type: "acknowledge", status: "tooManyRequests" },
    ],
    "completion",
  );
  assert.deepEqual([refused?.type, more], ["acknowledge", []]);
  assert(over?.type === "completion");
  const { requestId, completionCode, errorDescription } = over;
  assert.deepEqual(
    [requestId, completionCode, errorDescription],
    [7, "deviceNotReady", "it said tooManyRequests"],
  );
});

Deno.test("remote: a question over a line that is lost is not waited for", async () => {
  await withMachine(() => undefined, async (address) => {
    const line = await RemoteLine.open(`${address}${PATH}`, { answer_ms: 60_000 });
    line.close();
    const { header } = await line.ask("Common.Capabilities", "2.0") as CompletionMessage;
    assert.equal(header.completionCode, "deviceNotReady");
  });
});

Deno.test("remote: a run after a lost line begins with its services opened anew", async () => {
  const plan = await planFrom("returning-customer", {});
  await withMachine(() => undefined, async (address, { drop }) => {
    const machine = await connectMachine(address, 1);
    const offline = Promise.withResolvers<void>();
    const before = (await machine.ports(plan)).devices(() => hearing(() => offline.resolve()));
    assert.ok(before.camera);
    drop();
    await offline.promise;
    const { promise, resolve } = Promise.withResolvers<DeviceMessage>();
    const { camera } = (await machine.ports(plan)).devices(() => hearing(resolve));
    camera.receive(command("Common.Status", 1, {}));
    assert.equal((await promise as CompletionMessage).header.completionCode, "success");
    machine.close();
  });
});

Deno.test("remote: before a run, a machine that is gone is told in one line", async () => {
  let machine: RemoteMachine | undefined;
  await withMachine(() => undefined, async (address, { drop }) => {
    machine = await connectMachine(address, 1);
    drop();
  });
  await assert.rejects(machine!.ports(await planFrom("returning-customer", {})), {
    name: "InputError",
    message: /^run: --devices: nobody answers at ws:/,
  });
});
