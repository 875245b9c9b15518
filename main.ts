/**
 * The command line. It declares the verbs; each verb's work lives in the room it belongs to.
 *
 * Exit codes: 0 as expected · 1 an expectation, a proof or a measure fails · 2 bad input · 130 Ctrl-C.
 *
 * @module
 */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { VERSION } from "./sim/adapters/ports.ts";
import { complain } from "./sim/adapters/terminal.ts";
import { InputError } from "./sim/plan/mod.ts";

/** What bad input exits with, whatever the verb. */
const BAD_INPUT = 2;

function integer(low: number, high: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!/^[0-9]+$/.test(value) || number < low || number > high) {
      throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
    }
    return number;
  };
}

function seedOption(): Option {
  return new Option("--seed <n>", "the seed of everything that is left to chance")
    .argParser(integer(0, 0xffff_ffff)).default(1);
}

const program = new Command("atm-twin")
  .description("A hardware simulator and digital twin of a facial-recognition ATM")
  .version(VERSION)
  .showHelpAfterError("(--help says more)")
  .exitOverride();

program.command("serve")
  .description("serve the dashboard")
  .addOption(new Option("--port <port>", "port").argParser(integer(0, 65_535)).default(8420))
  .option("--host <host>", "address to listen on", "127.0.0.1")
  .option("--data <dir>", "where runs are kept", "data")
  .action(async (options) => {
    const { serveVerb } = await import("./ui/server/serve_verb.ts");
    await serveVerb(options);
  });

program.command("run")
  .description("run scenarios headless; exit 0 when every expectation holds")
  .argument("<scenario...>", "scenario files (YAML)")
  .addOption(seedOption())
  .option("--out <dir>", "write the traces here")
  .addOption(
    new Option("--format <format>", "how to print").choices(["text", "json", "junit"]).default(
      "text",
    ),
  )
  .option("--no-cache", "compute every inference, remember none")
  .action(async (files, options) => {
    const { runVerb } = await import("./sim/adapters/run_verb.ts");
    Deno.exitCode = await runVerb(files, options);
  });

program.command("verify")
  .description("prove that a trace is what happened, or name the first wrong line")
  .argument("<trace>", "a trace file (JSON Lines)")
  .addOption(
    new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
  )
  .action(async (file, options) => {
    const { verifyVerb } = await import("./sim/adapters/verify_verb.ts");
    Deno.exitCode = await verifyVerb(file, options);
  });

program.command("diff")
  .description("find the first moment at which two runs are not the same")
  .argument("<left>", "a trace file")
  .argument("<right>", "another")
  .addOption(
    new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
  )
  .action(async (left, right, options) => {
    const { diffVerb } = await import("./sim/adapters/diff_verb.ts");
    Deno.exitCode = await diffVerb([left, right], options);
  });

program.command("camera")
  .description("take pictures with the virtual camera, with their ground truth")
  .addOption(
    new Option("--person <n>", "whose face").argParser(integer(0, 0x7fff_ffff))
      .makeOptionMandatory(),
  )
  .addOption(new Option("--shots <k>", "how many").argParser(integer(1, 100_000)).default(1))
  .addOption(
    new Option("--attack <species>", "what is held up instead of the face")
      .choices(["printed-photo", "phone-replay"]),
  )
  .addOption(seedOption())
  .requiredOption("--out <dir>", "where the pictures go")
  .action(async (options) => {
    const { cameraVerb } = await import("./sim/adapters/camera_verb.ts");
    Deno.exitCode = await cameraVerb(options);
  });

const models = program.command("models").description(
  "the face models: what ships, and what it does",
);

models.command("list")
  .description("print the models with their hashes and measured error rates")
  .addOption(
    new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
  )
  .action(async (options) => {
    const { modelsListVerb } = await import("./sim/adapters/models_verb.ts");
    await modelsListVerb(options);
  });

models.command("verify")
  .description("check that every model is the one its manifest names")
  .action(async () => {
    const { modelsVerifyVerb } = await import("./sim/adapters/models_verb.ts");
    await modelsVerifyVerb();
  });

models.command("evaluate")
  .description("measure the error rates on people nobody trained or calibrated on")
  .addOption(
    new Option("--people <n>", "how many people").argParser(integer(2, 100_000)).default(100),
  )
  .option("--write", "note the figures in models/manifest.json", false)
  .addOption(
    new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
  )
  .action(async (options) => {
    const { modelsEvaluateVerb } = await import("./sim/adapters/models_verb.ts");
    Deno.exitCode = await modelsEvaluateVerb(options);
  });

program.command("faults")
  .description("what can be broken, from the code")
  .addOption(
    new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
  )
  .action(async (options) => {
    const { faultsVerb } = await import("./sim/adapters/faults_verb.ts");
    faultsVerb(options);
  });

try {
  await program.parseAsync(Deno.args, { from: "user" });
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said it already; help and version end well, everything else is bad input.
    Deno.exit(error.exitCode === 0 ? 0 : BAD_INPUT);
  }
  if (!(error instanceof InputError)) throw error;
  complain(`atm-twin: ${error.message}`);
  Deno.exit(BAD_INPUT);
}
