/**
 * The whole recipe: renders, trains, sets thresholds, measures.
 *
 *     deno run -A models/train/make.ts [--work /tmp/atm-twin-training] [--workers 2]
 *
 * Every step goes on where it stopped. Needs Debian's python3-torch and python3-onnx. To try the
 * recipe out, in a copy of the project, since it writes `models/`: `--people` to be trained on,
 * `--scenes` of attacks, of odd poses, of mishaps and of nobody, `--epochs` of everything, `--met`
 * people of calibration and of test.
 *
 * @module
 */
import { argument } from "./arguments.ts";
import { foldsOf } from "./folds.ts";

const WORK = argument("--work", "/tmp/atm-twin-training");
const WORKERS = Number(argument("--workers", "2"));
const PYTHON = argument("--python", "/usr/bin/python3");

/** Named arguments handed on to a step where they were given to this one, there called otherwise. */
function handed(names: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(names).flatMap(([name, theirs]) => {
    const value = argument(name, "");
    return value === "" ? [] : theirs.flatMap((their) => [their, value]);
  });
}

const EPOCHS = handed({ "--epochs": ["--epochs"] });
const SIZES = handed({
  "--people": ["--people"],
  "--scenes": ["--attacks", "--wide", "--mishaps", "--nobody"],
});
const MET = handed({ "--met": ["--people", "--siblings"] });

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
    parts.map((part) => deno("models/train/export.ts", "--out", data, "--part", part, ...SIZES)),
  );
  const train = (role: string, ...more: readonly string[]) =>
    step(PYTHON, [
      "models/train/train.py",
      role,
      ...["--data", data, "--out", trained, "--threads", String(WORKERS)],
      ...EPOCHS,
      ...more,
    ]);
  await inTurn(["detector", "landmarks", "embedder", "liveness"], (role) => train(role));
  await inTurn(foldsOf(), ({ name, without }) =>
    train("liveness", "--name", name, "--without", without.join()));
  await deno("models/train/calibrate.ts", "--trained", trained, ...MET);
  await deno("main.ts", "models", "evaluate", "--people", argument("--met", "1000"), "--write");
}

if (import.meta.main) await main();
