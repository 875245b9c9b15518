/**
 * A hundred clients on one twin: how many commands a second it carries out, and how long the slowest
 * hundredth of them wait. The twin is the verb `xfs` in a process of its own; the clients are ordinary
 * WebSocket clients, each with one command under way at a time.
 */
import { anotherMachine } from "../conformance/serving.ts";
import { Service } from "../conformance/xfs_client.ts";

const CLIENTS = 100;
const COMMANDS = 10_000;

/** What is asked, by service: commands that take the machine no time, so that the wire is measured. */
const ASKED: readonly (readonly [service: string, name: string, payload: object])[] = [
  ["cashdispenser", "Storage.GetStorage", {}],
  ["cashdispenser", "CashDispenser.Denominate", {
    request: { denomination: { service: { currencies: { CNY: 500 }, mix: "mix1" } } },
  }],
  ["camera", "Common.Status", {}],
  ["pinpad", "PinPad.MaintainPin", { maintainPIN: false }],
  ["printer", "Common.Capabilities", {}],
];

const { process: twin, uri: publisher } = await anotherMachine("--port", "0");

const clients = await Promise.all(
  Array.from({ length: CLIENTS }, async (_, i) => {
    const [service, name, payload] = ASKED[i % ASKED.length] ?? ["", "", {}];
    return { at: await Service.open(`${publisher}/${service}`), name, payload };
  }),
);

const waits_ms: number[] = [];
const began = performance.now();
await Promise.all(clients.map(async ({ at, name, payload }) => {
  for (let n = 0; n < COMMANDS / CLIENTS; n++) {
    const sent = performance.now();
    await at.ask(name, payload);
    waits_ms.push(performance.now() - sent);
  }
}));
const took_s = (performance.now() - began) / 1000;
waits_ms.sort((a, b) => a - b);
const share = (of: number) => (waits_ms[Math.floor(of * (waits_ms.length - 1))] ?? 0).toFixed(1);
console.log(
  `${CLIENTS} clients, ${COMMANDS} commands: ${Math.round(COMMANDS / took_s)} commands a second; ` +
    `half wait at most ${share(0.5)} ms, 99 of 100 at most ${share(0.99)} ms`,
);

const [one] = clients;
Deno.bench("one command, from a client to its completion", async () => {
  await one?.at.ask("Common.Status");
});

globalThis.addEventListener("unload", () => twin.kill("SIGINT"));
