/** The twin's own `bank`, in a process of its own. */
const HOME = new URL("../../", import.meta.url);

async function anotherBank(...more: readonly string[]) {
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--quiet", "main.ts"],
      ...["bank", "--port", "0", "--people", "1-9999", ...more],
    ],
    cwd: HOME,
    stdout: "piped",
  }).spawn();
  const lines = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes("customers;")) said += (await lines.read()).value ?? "";
  await lines.cancel();
  return { process, said, address: /127\.0\.0\.1:[0-9]+/.exec(said)![0] };
}

/** Works before the twin's own `bank` under these options; what it said when it began. */
export async function withBank(
  more: readonly string[],
  work: (address: string, process: Deno.ChildProcess) => Promise<void>,
): Promise<string> {
  const { process, said, address } = await anotherBank(...more);
  let ended = false;
  const status = process.status.finally(() => ended = true);
  try {
    await work(address, process);
  } finally {
    if (!ended) process.kill("SIGINT");
    await status;
  }
  return said;
}
