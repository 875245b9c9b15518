/** Verbs of the twin that serve, each in a process of its own. */
import assert from "node:assert/strict";

const HOME = new URL("../../", import.meta.url);

/** A verb's process, and what it said until it served. */
interface Serving {
  readonly process: Deno.ChildProcess;
  readonly said: string;
}

/** Starts the twin under this command line, and waits until it says `ready`. */
async function serving(commandLine: readonly string[], ready: string): Promise<Serving> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", "main.ts", ...commandLine],
    cwd: HOME,
    stdout: "piped",
  }).spawn();
  const lines = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes(ready)) {
    const { value, done } = await lines.read();
    assert(!done, `the verb ended before it served: ${said}`);
    said += value;
  }
  await lines.cancel();
  return { process, said };
}

/** The verb `xfs` under these options: where its publisher is, and where its customer's hands are. */
export async function anotherMachine(...more: readonly string[]) {
  const { process, said } = await serving(["xfs", ...more], "/control");
  return { process, uri: /ws:\S+/.exec(said)![0], control: /http:\S+\/control/.exec(said)![0] };
}

/** Works before the twin's own `bank` under these options; what it said when it began. */
export async function withBank(
  more: readonly string[],
  work: (address: string, process: Deno.ChildProcess) => Promise<void>,
): Promise<string> {
  const bank = ["bank", "--port", "0", "--people", "1-9999", ...more];
  const { process, said } = await serving(bank, "customers;");
  let ended = false;
  const status = process.status.finally(() => ended = true);
  try {
    await work(/127\.0\.0\.1:[0-9]+/.exec(said)![0], process);
  } finally {
    if (!ended) process.kill("SIGINT");
    await status;
  }
  return said;
}
