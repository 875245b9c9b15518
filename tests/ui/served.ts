/** The real `serve`, as a process of its own, on a port of its own. */
import { HOME, pathOf } from "../../sim/adapters/files.ts";
import deno from "../../deno.json" with { type: "json" };

/** As `deno task start` has them. */
const V8_FLAGS = /--v8-flags=\S+/.exec(deno.tasks.start.command)?.[0] ?? "";

export interface Served {
  readonly url: string;
  readonly pid: number;
  /** `kill -9`: nothing is said to the process before. */
  kill(): Promise<void>;
  /** Ctrl-C at a terminal, which its children hear too; the exit code once it has ended. */
  interrupt(): Promise<number>;
}

/** Starts the server on a data folder and waits until it says where it is. */
export async function serve(data: string, ...more: readonly string[]): Promise<Served> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      V8_FLAGS,
      pathOf(new URL("main.ts", HOME)),
      "serve",
      "--port",
      "0",
      "--data",
      data,
      ...more,
    ],
    stdout: "piped",
    stderr: "inherit",
    // A group of its own, as at a terminal.
    detached: true,
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  let url: string | undefined;
  while (url === undefined) {
    const { value, done } = await lines.read();
    if (done) throw new Error(`serve ended: ${said}`);
    said += value;
    url = /(http:\S+)\s/.exec(said)?.[1];
  }
  return {
    url,
    pid: child.pid,
    async kill() {
      child.kill("SIGKILL");
      await child.status;
      await lines.cancel();
    },
    async interrupt() {
      Deno.kill(-child.pid, "SIGINT");
      const { code } = await child.status;
      await lines.cancel();
      return code;
    },
  };
}
