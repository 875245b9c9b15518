/**
 * The command line. It declares the verbs; each verb's work lives in the room it belongs to.
 *
 * Exit codes: 0 as expected · 1 an expectation, a proof or a measure fails · 2 bad input · 130 Ctrl-C.
 *
 * @module
 */
import { Command, CommanderError, Option } from "commander";
import { ATTACK_SPECIES, COVERINGS, LENSES, LIGHTS } from "./devices/camera/mod.ts";
import {
  bitmapOption,
  encodingOption,
  integer,
  listOf,
  notEmpty,
  packOption,
  pinFormatOption,
  pinKeyOption,
  range,
  refuseOptionsAbove,
  seedOption,
  someOf,
  tokenKeyOption,
} from "./sim/adapters/options.ts";
import { VERSION } from "./sim/adapters/ports.ts";
import { complain, print } from "./sim/adapters/terminal.ts";
import { InputError } from "./sim/plan/mod.ts";

/** What bad input exits with, whatever the verb. */
const BAD_INPUT = 2;

/** What `camera` can hold up and have worn, and the words for nothing. */
const HELD_UP = ["live", ...ATTACK_SPECIES] as const;
const WORN = ["nothing", ...COVERINGS] as const;

const program = new Command("atm-twin")
  .description("A hardware simulator and digital twin of a facial-recognition ATM")
  .version(VERSION)
  .configureOutput({
    writeOut: (text) => print(text.trimEnd()),
    writeErr: (text) => text.trimEnd().split("\n").forEach(complain),
    outputError: (text) =>
      complain(`${text.trimEnd().replaceAll(/\s*\n\s*/g, " ")} (--help says more)`),
  })
  .exitOverride();

program.command("serve")
  .description("serve the dashboard")
  .addOption(new Option("--port <port>", "port").argParser(integer(0, 65_535)).default(8420))
  .option("--host <host>", "address to listen on", "127.0.0.1")
  .option("--data <dir>", "where runs are kept", notEmpty, "data")
  .addOption(packOption())
  .action(async (options) => {
    const { serveVerb } = await import("./ui/server/serve_verb.ts");
    await serveVerb(options);
  });

program.command("run")
  .description("run scenarios headless; exit 0 when every expectation holds")
  .argument(
    "<scenario...>",
    "scenario files (YAML), or plans that a campaign found (JSON), with seeds of their own",
  )
  .addOption(seedOption())
  .option("--out <dir>", "write the traces here", notEmpty)
  .addOption(
    new Option("--format <format>", "how to print").choices(["text", "json", "junit"]).default(
      "text",
    ),
  )
  .option("--no-cache", "compute every inference, remember none")
  .addOption(packOption())
  .option("--devices <uri>", "drive XFS4IoT services at ws://host:port instead of our own devices")
  .option(
    "--bank <address>",
    "stand before the ISO 8583 host at host:port instead of our own bank; its customers: bank --list",
  )
  .addOption(pinFormatOption("with --bank: its "))
  .addOption(pinKeyOption("with --bank: its "))
  .addOption(tokenKeyOption("with --bank: its "))
  .option(
    "--mac-key <hex>",
    "with --bank: the key of message authentication; no codes, unless told",
  )
  .option(
    "--key-block-key <hex>",
    "with --bank: the key under which it gives a new MAC key, asked for first (0800, 101)",
  )
  .addOption(bitmapOption())
  .addOption(encodingOption())
  .addOption(
    new Option("--speed <factor>", "with --devices: virtual seconds in a real one")
      .argParser(integer(1, 1000)).default(1),
  )
  .action(async (files, options) => {
    const { runVerb } = await import("./sim/adapters/run_verb.ts");
    Deno.exitCode = await runVerb(files, options);
  });

program.command("verify")
  .description("prove that a trace is what happened, or name the first wrong line")
  .argument("<trace>", "a trace file (JSON Lines), or a signed bundle (ZIP)")
  .option("--key <file>", "with a bundle: the signer's public key")
  .addOption(packOption())
  .option(
    "--remote",
    "accept a run on somebody else's devices or bank, which cannot be run again",
    false,
  )
  .addOption(
    new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
  )
  .action(async (file, options) => {
    const { verifyVerb } = await import("./sim/adapters/verify_verb.ts");
    Deno.exitCode = await verifyVerb(file, options);
  });

program.command("reconcile")
  .description(
    "end of day: counted cash against the host's books and the journal, with every reason",
  )
  .argument("<trace...>", "trace files")
  .addOption(
    new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
  )
  .action(async (files, options) => {
    const { reconcileVerb } = await import("./sim/adapters/reconcile_verb.ts");
    Deno.exitCode = await reconcileVerb(files, options);
  });

program.command("report")
  .description("write a run into one HTML file that replays and proves it, without network")
  .argument("<trace>", "a trace file")
  .requiredOption("-o, --out <file>", "the HTML file", notEmpty)
  .action(async (trace, options) => {
    const { reportVerb } = await import("./ui/offline/report_verb.ts");
    Deno.exitCode = await reportVerb(trace, options);
  });

const evidence = program.command("evidence").description(
  "runs as signed files that stand by themselves",
);

evidence.command("keys")
  .description("make an Ed25519 key to sign with, and its public half beside it")
  .requiredOption(
    "--out <file>",
    "where the private key goes; FILE.pub gets the public one",
    notEmpty,
  )
  .action(async (options) => {
    const { evidenceKeysVerb } = await import("./sim/adapters/evidence_verb.ts");
    await evidenceKeysVerb(options);
  });

evidence.command("pack")
  .description("sign runs: traces, plans, model hashes and error rates, what the oracles found")
  .argument("<trace...>", "trace files")
  .requiredOption("--key <file>", "the private key to sign with")
  .requiredOption("--out <file>", "the bundle (ZIP)", notEmpty)
  .action(async (traces, options) => {
    const { evidencePackVerb } = await import("./sim/adapters/evidence_verb.ts");
    await evidencePackVerb(traces, options);
  });

evidence.command("check")
  .description("check a bundle, or one line's proof, with nothing but the public key")
  .argument("<file>", "a bundle or a proof")
  .option("--key <file>", "the signer's public key, from somewhere else than the bundle")
  .addOption(
    new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
  )
  .action(async (file, options) => {
    const { evidenceCheckVerb } = await import("./sim/adapters/evidence_verb.ts");
    Deno.exitCode = await evidenceCheckVerb(file, options);
  });

evidence.command("prove")
  .description("show one event of a bundle with its proof, and no other event")
  .argument("<bundle>", "a bundle")
  .addOption(
    new Option("--event <n>", "number of the event").argParser(integer(1, 200_000))
      .makeOptionMandatory(),
  )
  .option("--run <name>", "which run, where the bundle has several")
  .option("--out <file>", "write the proof here instead of printing it", notEmpty)
  .action(async (bundle, options) => {
    const { evidenceProveVerb } = await import("./sim/adapters/evidence_verb.ts");
    await evidenceProveVerb(bundle, options);
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
  .description(
    "take pictures with the virtual camera, with their ground truth; goes on where it was",
  )
  .addOption(new Option("--person <n>", "whose face").argParser(integer(0, 0x7fff_ffff)))
  .addOption(
    new Option("--people <first-last>", "whose faces").argParser(range(0, 0x7fff_ffff))
      .conflicts("person"),
  )
  .addOption(
    new Option("--shots <k>", "how many of each").argParser(integer(1, 100_000)).default(1),
  )
  .addOption(
    new Option("--attack <species>", `what is held up, in turn: ${someOf(HELD_UP)}`)
      .argParser(listOf(HELD_UP)),
  )
  .addOption(
    new Option("--light <lights>", `drawn of: ${someOf(LIGHTS)}`).argParser(listOf(LIGHTS)),
  )
  .addOption(new Option("--wears <things>", `drawn of: ${someOf(WORN)}`).argParser(listOf(WORN)))
  .addOption(new Option("--lens <lenses>", `drawn of: ${someOf(LENSES)}`).argParser(listOf(LENSES)))
  .addOption(
    new Option("--distance <near-far>", "centimetres, from 17 to 120").argParser(range(17, 120)),
  )
  .addOption(seedOption())
  .requiredOption("--out <dir>", "where the pictures go", notEmpty)
  .action(async (options) => {
    const { cameraVerb } = await import("./sim/adapters/camera_verb.ts");
    Deno.exitCode = await cameraVerb(options);
  });

program.command("xfs")
  .description("serve the virtual devices over XFS4IoT, for somebody else's ATM software")
  .addOption(
    new Option("--port <port>", "port; absent: the first free one from 5846 to 5856")
      .argParser(integer(0, 65_535)),
  )
  .option("--profile <name>", "a machine of devices/profiles/", "lhasa-lobby")
  .addOption(
    new Option("--speed <factor>", "virtual seconds in a real one").argParser(integer(1, 1000))
      .default(1),
  )
  .addOption(seedOption())
  .option("--customer <file>", "a customer's script (YAML): who stands there and what they do")
  .addOption(pinFormatOption())
  .addOption(pinKeyOption())
  .addOption(tokenKeyOption())
  .option("--describe", "print what is supported, and serve nothing")
  .addOption(
    new Option("--format <format>", "how --describe prints").choices(["text", "json"])
      .default("text"),
  )
  .action(async (options) => {
    const { xfsVerb } = await import("./sim/adapters/xfs_verb.ts");
    await xfsVerb(options);
  });

program.command("bank")
  .description("serve the bank to somebody else's switch or ATM: ISO 8583:1987 over TCP")
  .addOption(new Option("--port <port>", "port").argParser(integer(0, 65_535)).default(8583))
  .option("--people <list>", "its customers, each enrolled, each with 5,000 yuan", "1-200")
  .option("--ledger <file>", "keep the books in this SQLite file; in memory, unless told", notEmpty)
  .option("--terminal <id>", "the one machine it serves (DE 41); any, unless told")
  .addOption(pinFormatOption())
  .addOption(pinKeyOption())
  .addOption(tokenKeyOption())
  .option("--mac-key <hex>", "AES-128 key of message authentication; no codes, unless told")
  .option("--key-block-key <hex>", "AES-128 key under which new MAC keys travel (0800, 101)")
  .addOption(bitmapOption())
  .addOption(encodingOption())
  .option("--explain", "print every message, masked")
  .option("--list", "print what the customers would type, and end")
  .action(async (options) => {
    const { bankVerb } = await import("./sim/adapters/bank_verb.ts");
    await bankVerb(options);
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
    Deno.exitCode = await modelsListVerb(options);
  });

models.command("verify")
  .description("check that every model is the one its manifest names, those of added packs too")
  .action(async () => {
    const { modelsVerifyVerb } = await import("./sim/adapters/models_verb.ts");
    Deno.exitCode = await modelsVerifyVerb();
  });

models.command("add")
  .description("take in somebody else's models, whole or not at all: every hash is checked")
  .argument(
    "<source>",
    "a folder with manifest.json, that file, a .zip, or an https address of them",
  )
  .action(async (source) => {
    const { modelsAddVerb } = await import("./sim/adapters/models_verb.ts");
    Deno.exitCode = await modelsAddVerb(source);
  });

models.command("evaluate")
  .description("measure the error rates on people nobody trained or calibrated on")
  .addOption(
    new Option("--people <n>", "how many people").argParser(integer(2, 100_000)).default(100),
  )
  .addOption(packOption())
  .addOption(
    new Option("--workers <k>", "how many share the work; absent: one a core")
      .argParser(integer(1, 64)),
  )
  .option("--report <file>", "write figures and plots into one HTML page", notEmpty)
  .option("--write", "note the figures in models/manifest.json", false)
  .addOption(
    new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
  )
  .action(async (options) => {
    const { modelsEvaluateVerb } = await import("./sim/adapters/evaluate_verb.ts");
    const workers = options.workers ?? navigator.hardwareConcurrency;
    Deno.exitCode = await modelsEvaluateVerb({ ...options, workers });
  });

const campaign = program.command("campaign")
  .description("search for the run that breaks a sentence: thousands of plans, every core")
  .addOption(new Option("--runs <n>", "how many").argParser(integer(1, 10_000_000)).default(2_000))
  .addOption(seedOption())
  .addOption(
    new Option("--profile <name>", "lite: one fault at most; swarm: anything; perf: no fault")
      .choices(["lite", "swarm", "perf"]).default("swarm"),
  )
  .addOption(
    new Option("--workers <k>", "threads").argParser(integer(1, 256))
      .default(navigator.hardwareConcurrency),
  )
  .addOption(
    new Option("--from <n>", "number of the first run").argParser(integer(0, 1_000_000_000))
      .default(0),
  )
  .option("--mutant <name>", "let a wrong part in and catch it; list names them, all tries all")
  .option("--shard <i/n>", "only every n-th run, the i-th of each n; merge puts them together")
  .option("--machine <name>", "a machine of devices/profiles/", "lhasa-lobby")
  .addOption(
    new Option("--people <n>", "faces in town").argParser(integer(2, 8)).default(8),
  )
  .addOption(
    new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
  )
  .option("--out <dir>", "write the report here, and every failing plan shrunk", notEmpty)
  .action(async (options) => {
    const { campaignVerb } = await import("./sim/adapters/campaign_verb.ts");
    Deno.exitCode = await campaignVerb(options);
  });

campaign.command("merge")
  .description("put the reports of shards together")
  .argument("<report...>", "reports in JSON, one of each shard")
  .addOption(
    new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
  )
  .action(async (files, _options, command) => {
    refuseOptionsAbove(command, ["format"]);
    const { mergeVerb } = await import("./sim/adapters/campaign_verb.ts");
    Deno.exitCode = await mergeVerb(files, command.optsWithGlobals());
  });

program.command("faults")
  .description("what can be broken, from the code, and where it is shown")
  .addOption(
    new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
  )
  .action(async (options) => {
    const { faultsVerb } = await import("./sim/adapters/faults_verb.ts");
    await faultsVerb(options);
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
