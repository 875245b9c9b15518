/**
 * The whole recipe: renders, trains, sets thresholds, measures.
 *
 *     deno run -A models/train/make.ts [--work /tmp/atm-twin-training] [--workers 2]
 *
 * Every step goes on where it stopped. Needs Debian's python3-torch and python3-onnx.
 *
 * @module
 */
import { argument } from "./arguments.ts";
import { foldsOf } from "./folds.ts";

const WORK = argument("--work", "/tmp/atm-twin-training");
const WORKERS = Number(argument("--workers", "2"));
const PYTHON = argument("--python", "/usr/bin/python3");

/** A model that is only measured is trained for less long than the one that judges. */
const SHORT = ["--epochs", "4", "--cycles", "1"];

async function step(command: string, args: readonly string[]): Promise<void> {
  console.error(`$ ${command} ${args.join(" ")}`);
  const { success, code } = await new Deno.Command(command, { args: [...args] }).spawn().status;
  if (!success) throw new Error(`Cannot go on: ${command} ${args[0]} ended with ${code}`);
}

function deno(script: string, ...args: readonly string[]): Promise<void> {
  return step(Deno.execPath(), ["run", "-A", script, ...args]);
}

async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (const item of items) await work(item);
}

async function main(): Promise<void> {
  const data = `${WORK}/data`;
  const trained = `${WORK}/trained`;
  const parts = Array.from({ length: WORKERS }, (_, part) => `${part}/${WORKERS}`);
  await Promise.all(
    parts.map((part) => deno("models/train/export.ts", "--out", data, "--part", part)),
  );
  // Each on one thread: side by side they use the cores better than one on several, and the weights
  // do not depend on how many there are.
  const train = (role: string, ...more: readonly string[]) =>
    step(PYTHON, ["models/train/train.py", role, "--data", data, "--out", trained, ...more]);
  await Promise.all([
    train("embedder"),
    train("detector").then(() => train("landmarks")),
    train("liveness").then(() => inTurn(foldsOf(), ({ name, without }) =>
      train("liveness", "--name", name, "--without", without.join(), ...SHORT)
    )),
  ]);
  await deno("models/train/calibrate.ts", "--trained", trained);
  await deno("main.ts", "models", "evaluate", "--people", "1000", "--write");
}

if (import.meta.main) await main();
