/** Strangers at the socket itself: frames too long to be read, and clients that read nothing. */
import assert from "node:assert/strict";
import { readProfile } from "../../sim/adapters/files.ts";
import { serveXfs, type XfsServer } from "../../sim/adapters/xfs_server.ts";
import { Service } from "./xfs_client.ts";

async function atTheMachine(use: (server: XfsServer) => Promise<void>): Promise<void> {
  const profile = await readProfile("lhasa-lobby", "test");
  const server = await serveXfs({ profile, seed: 1, speed: 8, port: 0 });
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

/** A WebSocket opened by hand, byte by byte (RFC 6455 §4.1). */
async function byHand({ port }: XfsServer, service: string): Promise<Deno.TcpConn> {
  const line = await Deno.connect({ hostname: "127.0.0.1", port });
  const head = [
    `GET /xfs4iot/v1.0/${service} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
  ].join("\r\n") + "\r\n\r\n";
  await line.write(new TextEncoder().encode(head));
  const answer = new Uint8Array(1_024);
  const length = await line.read(answer);
  assert.match(new TextDecoder().decode(answer.subarray(0, length!)), /^HTTP\/1\.1 101 /);
  return line;
}

/** A masked text frame (mask of zeros). */
function frame(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text);
  assert(bytes.length > 125 && bytes.length < 65_536);
  return Uint8Array.of(0x81, 0xfe, bytes.length >> 8, bytes.length & 255, 0, 0, 0, 0, ...bytes);
}

Deno.test("socket: who announces a gigabyte is let go before sending it", () =>
  atTheMachine(async (server) => {
    const line = await byHand(server, "camera");
    // FIN and text; mask and a 64-bit length; 2^30; the mask. No byte of the message follows.
    await line.write(Uint8Array.of(0x81, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4));
    const answer = new Uint8Array(64);
    const length = await line.read(answer);
    assert(length !== null && length >= 4);
    assert.equal(answer[0], 0x88, "a close frame");
    assert.equal((answer[2]! << 8) + answer[3]!, 1009);
    line.close();
  }));

Deno.test("socket: a frame without a mask, or of no known kind, ends its connection alone", () =>
  atTheMachine(async (server) => {
    const well = await Service.open(`ws://127.0.0.1:${server.port}/xfs4iot/v1.0/camera`);
    for (const bytes of [[0x81, 0x02, 0x7b, 0x7d], [0x8f, 0x80, 0, 0, 0, 0], [0xf1, 0x80]]) {
      const line = await byHand(server, "camera");
      await line.write(Uint8Array.from(bytes));
      const answer = new Uint8Array(64);
      await line.read(answer);
      assert.equal((answer[2]! << 8) + answer[3]!, 1002);
      line.close();
    }
    assert.equal((await well.ask("Common.Status")).header.completionCode, "success");
    await well.close();
  }));

Deno.test("socket: what no request may be is refused, and hanging up in the middle harms nobody", () =>
  atTheMachine(async (server) => {
    const say = async (text: string) => {
      const line = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
      await line.write(new TextEncoder().encode(text.replaceAll("\n", "\r\n")));
      return line;
    };
    const host = `Host: 127.0.0.1:${server.port}`;
    const upgrade = "Connection: Upgrade\nUpgrade: websocket";
    for (
      const [head, status] of [
        [`TRACE /control HTTP/1.1\n${host}\n\n`, 405],
        [`GET //[ HTTP/1.1\n${host}\n\n`, 400],
        [`TRACE /xfs4iot/v1.0/camera HTTP/1.1\n${host}\n${upgrade}\n\n`, 405],
        [`GET //[ HTTP/1.1\n${host}\n${upgrade}\n\n`, 400],
      ] as const
    ) {
      const line = await say(head);
      const answer = new Uint8Array(1_024);
      const length = await line.read(answer);
      const said = new TextDecoder().decode(answer.subarray(0, length ?? 0));
      assert.equal(said.slice(0, 12), `HTTP/1.1 ${status}`, head);
      line.close();
    }
    const half = `POST /control HTTP/1.1\n${host}\ncontent-type: application/json\n`;
    (await say(`${half}content-length: 100\n\n{`)).close();
    const well = await Service.open(`ws://127.0.0.1:${server.port}/xfs4iot/v1.0/camera`);
    assert.equal((await well.ask("Common.Status")).header.completionCode, "success");
    await well.close();
  }));

Deno.test("socket: a client that asks and never reads is cut off, and the others notice nothing", () =>
  atTheMachine(async (server) => {
    const well = await Service.open(`ws://127.0.0.1:${server.port}/xfs4iot/v1.0/pinpad`);
    const deaf = await byHand(server, "pinpad");
    let asked = 0;
    let cut = false;
    while (!cut && asked < 200_000) {
      const header = { type: "command", name: "Common.Capabilities", version: "2.0" };
      const burst = Array.from(
        { length: 100 },
        () =>
          frame(
            JSON.stringify({
              header: { ...header, requestId: ++asked },
              payload: { x: "x".repeat(60) },
            }),
          ),
      );
      const bytes = new Uint8Array(await new Blob(burst).arrayBuffer());
      for (let at = 0; at < bytes.length && !cut;) {
        at += await deaf.write(bytes.subarray(at)).catch(() => {
          cut = true;
          return 0;
        });
      }
      if (asked % 1_000 === 0) {
        assert.equal((await well.ask("Common.Status")).header.completionCode, "success");
      }
    }
    assert(cut, `${asked} requests were asked, and no answer read`);
    assert.equal((await well.ask("Common.Status")).header.completionCode, "success");
    await well.close();
  }));

/** Sends commands as fast as a line takes them, in a process of its own, until it is killed. */
const FLOOD = `
const socket = new WebSocket(Deno.args[0]);
socket.onopen = () => {
  const header = { type: "command", name: "Keyboard.DataEntry", version: "2.0" };
  const payload = { activeKeys: { one: {}, enter: { terminate: true } } };
  let requestId = 0;
  setInterval(() => {
    for (let n = 0; n < 400 && socket.bufferedAmount < 1e6; n++) {
      socket.send(JSON.stringify({ header: { ...header, requestId: ++requestId }, payload }));
    }
    if (requestId === 400) console.log("flooding");
  }, 1);
};`;

Deno.test("socket: while one floods, another is answered as ever", () =>
  atTheMachine(async (server) => {
    const uri = `ws://127.0.0.1:${server.port}/xfs4iot/v1.0/pinpad`;
    const well = await Service.open(uri);
    const flood = new Deno.Command(Deno.execPath(), {
      args: ["eval", FLOOD, uri],
      stdout: "piped",
    }).spawn();
    const begun = flood.stdout.getReader();
    await begun.read();
    // The flood has no end: who had to wait for it would wait until the client calls that hung.
    for (let n = 0; n < 50; n++) {
      assert.equal((await well.ask("Common.Status")).header.completionCode, "success");
    }
    flood.kill("SIGKILL");
    await begun.cancel();
    await flood.status;
    await well.close();
  }));
