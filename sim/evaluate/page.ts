/**
 * An evaluation as one HTML page that needs nothing but itself: tables, plots, and the figures.
 *
 * @module
 */
import type { Rate } from "../../core/face/mod.ts";
import type { ByGroup } from "./compare.ts";
import type { EvaluationReport } from "./evaluate.ts";
import { detPlot, escaped, ratePlot, scorePlot } from "./plots.ts";
import type { StageTime } from "./stages.ts";
import { equalText, rateText } from "./text.ts";

const STYLE = `
:root { --ink: #1c2430; --paper: #fbfaf7; --rule: #d9d6cd; --cool: #2b6c8f; --warm: #b5562b; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e6df; --paper: #16191f; --rule: #3a4049; --cool: #6fb3d6; --warm: #e08a5c; }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; } h3 { font-size: 1rem; }
table { border-collapse: collapse; width: 100%; } th { font-weight: 600; }
td, th { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--rule);
  vertical-align: top; font-variant-numeric: tabular-nums; }
svg { width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
p.protocol { font-size: .85rem; opacity: .8; } code { font-size: .9em; }`;

export interface PageFacts {
  readonly report: EvaluationReport;
  readonly stages: readonly StageTime[];
  /** The hashes of the models that were measured, by role. */
  readonly models: Readonly<Record<string, string>>;
  /** The threshold at which faces match. */
  readonly threshold: number;
}

/** The page. */
export function evaluationPage({ report, stages, models, threshold }: PageFacts): string {
  const { people, renderer, pack, detector, embedder } = report;
  const title = `${pack}: error rates on ${people} people`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>${STYLE}</style></head><body>
<h1>${escaped(title)}</h1>
<p>Synthetic people ${embedder.protocol.people.first} to ${embedder.protocol.people.last}, whom
nobody trained or calibrated on; renderer ${escaped(renderer)}. Rates with their counts and 95 %
Wilson intervals; at zero errors the upper end is near the rule of three. Measured by
<code>${escaped(embedder.protocol.command)}</code></p>
${table(Object.entries(models).map(([role, hash]) => [role, `<code>${escaped(hash)}</code>`]))}
<h2>Detection</h2>
${
    rateTable({
      "live faces found": detector.recall,
      "faces in empty lobbies": detector.false_faces,
      "failure to acquire": detector.failure_to_acquire,
      ...told("failure to acquire, a whole look", detector.look_failure_to_acquire),
      ...told("failure to enrol, identity photo", detector.failure_to_enrol?.photo),
      ...told("failure to enrol, three exposures", detector.failure_to_enrol?.enrolment),
    })
  }
<p>Landmark error, of the distance of the eyes: mean ${detector.landmark_error.mean}, 95th percentile
${detector.landmark_error.p95}, ${detector.landmark_error.faces} faces.</p>
<p class="protocol">${escaped(detector.protocol.text)}</p>
${comparison(report, threshold)}
${attacks(report)}
<h2>Wall time of each stage</h2>
${
    table(
      stages.map(({ stage, median_ms, p95_ms }) => [
        stage,
        `${median_ms} ms`,
        `${p95_ms} ms at the 95th percentile`,
      ]),
    )
  }
<p class="protocol">One thread, nothing remembered, on the machine that measured. <em>decide</em> is
detect, quality, liveness and embed together.</p>
<h2>All of it</h2>
<details><summary>the figures as JSON</summary><pre>${
    escaped(JSON.stringify({ ...report, stages }, null, 1))
  }</pre></details>
</body></html>
`;
}

function comparison({ embedder, curves }: EvaluationReport, threshold: number): string {
  const { at_fmr = [], fnmr_by_group = {}, impostor_cosine, special = {} } = embedder;
  const pick = (figure: "refused" | "bpcer" | "fnmr" | "apcer") =>
    Object.fromEntries(
      Object.entries(special).flatMap(([what, { [figure]: rate }]) =>
        rate === undefined ? [] : [[what, rate] as const]
      ),
    );
  const points = at_fmr.map(({ fmr, attempts, transactions }) => [
    String(fmr),
    attempts === null ? "too few impostors" : `${rateText(attempts.fnmr)}`,
    transactions === null ? "too few impostors" : `${rateText(transactions.fnmr)}`,
  ]);
  const strict = embedder.fnmr_by_group_when_strict;
  return `<h2>Comparison</h2>
${
    rateTable({
      "FNMR, one exposure": embedder.fnmr,
      "FMR, one exposure": embedder.fmr,
      "FNMR, a whole look": embedder.transaction_fnmr,
      "FMR, a whole look": embedder.transaction_fmr,
      ...told("FRR, a whole look: not acquired or no match", embedder.transaction_frr),
    })
  }
<p>Equal error rate, one exposure: ${equalText(embedder)}.${
    impostor_cosine === undefined
      ? ""
      : ` Strangers' cosine: mean ${impostor_cosine.mean}, 99th percentile ${impostor_cosine.p99}.`
  }</p>
<h3>Trade-off of errors</h3>
${
    detPlot([
      { name: "one exposure", colour: "warm", points: curves.attempts },
      { name: "a whole look", colour: "cool", points: curves.transactions },
    ])
  }
${table([["<b>FMR</b>", "<b>FNMR, one exposure</b>", "<b>FNMR, a whole look</b>"], ...points])}
<h3>Scores</h3>
${scorePlot(curves.genuine, curves.impostor, threshold)}
<h3>Relatives accepted at the threshold</h3>
${ratePlot(embedder.kin_accepted)}
<p class="protocol">${escaped(embedder.protocol.text)}</p>
<h2>FNMR by group, one exposure, at the threshold</h2>
${byGroup(fnmr_by_group)}
${
    strict === undefined
      ? ""
      : `<h2>The same at ${strict.threshold.toFixed(3)}, which refuses a hundredth of all</h2>
${byGroup(strict.by)}`
  }
<h2>Beyond the ordinary</h2>
<h3>frames refused for their quality</h3>
${ratePlot(pick("refused"))}
<h3>living people among the others taken for an attack (BPCER)</h3>
${ratePlot(pick("bpcer"))}
<h3>FNMR of the others</h3>
${ratePlot(pick("fnmr"))}
<h3>things held up in the same circumstances taken for the living (APCER)</h3>
${ratePlot(pick("apcer"))}`;
}

function byGroup(by: ByGroup): string {
  return Object.entries(by).map(([dimension, { groups, ratio }]) =>
    `<h3>by ${escaped(dimension)}</h3>${ratePlot(groups)}<p>Largest ratio: ${
      ratio ?? "none, a group has no error"
    }</p>`
  ).join("\n");
}

function attacks({ liveness }: EvaluationReport): string {
  const { looks, ablation = {}, left_out } = liveness;
  const fewer = Object.entries(ablation).map(([channels, { bpcer, apcer }]) =>
    `<h3>with ${escaped(channels)} alone</h3>${ratePlot({ "BPCER": bpcer, ...apcer })}`
  );
  const unseen = left_out === undefined || left_out === null
    ? "<p>Not measured: there are no models that were trained without a species.</p>"
    : ratePlot({ "BPCER": left_out.bpcer, ...left_out.apcer });
  return `<h2>Presentation attacks taken for a live face (APCER), one exposure</h2>
${ratePlot({ "BPCER": liveness.bpcer, ...liveness.apcer })}
${
    looks === undefined
      ? ""
      : `<h3>a whole look</h3>${ratePlot({ "BPCER": looks.bpcer, ...looks.apcer })}`
  }
<h3>exposures with no single face, or none good enough, to judge (APNRR)</h3>
${ratePlot(liveness.apnrr)}
<h2>Fewer channels</h2>
${fewer.length === 0 ? "<p>The model sees colour alone.</p>" : fewer.join("\n")}
<h2>Each species left out of training</h2>
${unseen}
<p class="protocol">${escaped(liveness.protocol.text)}</p>`;
}

function told(what: string, rate: Rate | undefined): Readonly<Record<string, Rate>> {
  return rate === undefined ? {} : { [what]: rate };
}

function rateTable(rates: Readonly<Record<string, Rate>>): string {
  return table(Object.entries(rates).map(([name, rate]) => [escaped(name), rateText(rate)]));
}

/** Cells are markup already. */
function table(rows: readonly (readonly string[])[]): string {
  return `<table>${
    rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")
  }</table>`;
}
