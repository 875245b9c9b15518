/**
 * A line of the trace in a few words: what it is of, what happened, and the detail.
 *
 * Names of the standards (XFS4IoT messages, MTIs) stay as they are; everything else is said in the
 * dashboard's language.
 *
 * @module
 */
import { controlLabel, hasText, LANGUAGES, textOf } from "../../../core/locale/mod.ts";
import type { Control, Language } from "../../../core/session/mod.ts";
import type { TraceLine } from "../../../sim/trace/mod.ts";
import { at, bareJson, entriesOf, numberAt, textAt } from "../replay/mod.ts";

/** What the log can be filtered by. */
export const GROUPS = [
  "customer",
  "screen",
  "face",
  "device",
  "bank",
  "journal",
  "trouble",
] as const;
export type Group = (typeof GROUPS)[number];

/** Characters of a detail: a line of the list. */
const DETAIL_MAX = 120;

export interface Description {
  readonly group: Group;
  readonly title: string;
  readonly detail: string;
}

export function describe(line: TraceLine, language: Language): Description {
  const say = (key: string, otherwise: string) => hasText(key) ? textOf(language, key) : otherwise;
  switch (line.type) {
    case "xfs":
      return describeXfs(line);
    case "host": {
      const mti = textAt(line.message, "mti") ?? "";
      const detail = `${say(`from-${line.from}`, line.from)} · ${say(`seen-${line.seen}`, "")}`;
      const group = line.seen === "lost" || line.seen === "refused" ? "trouble" : "bank";
      return { group, title: `${mti} ${say(`mti-${mti}`, "")}`, detail };
    }
    case "ledger": {
      const kind = textAt(line.entry, "kind") ?? "";
      return {
        group: "bank",
        title: say(`ledger-${kind}`, kind),
        detail: `${textAt(line.entry, "debit")} → ${textAt(line.entry, "credit")}`,
      };
    }
    case "screen":
      return { group: "screen", title: say("group-screen", ""), detail: screenDetail(line.screen) };
    case "state":
      return { group: "screen", title: say(`state-${line.to}`, line.to), detail: line.to };
    case "touch":
      return {
        group: "customer",
        title: touchText(line.control, language),
        detail: `touch ${line.control}`,
      };
    case "customer":
      return {
        group: "customer",
        title: say(`does-${line.does}`, line.does),
        detail: line.detail === undefined ? "" : compact(line.detail),
      };
    case "frame":
      return { group: "face", title: say("panel-camera", ""), detail: line.rgb.slice(0, 19) };
    case "face":
      return { group: "face", title: `face.${textAt(line.request, "op")}`, detail: "" };
    case "face_result":
      return describeResult(line.result, say);
    case "device":
      return { group: "device", title: line.device, detail: insides(line.state) };
    case "fault":
      return {
        group: "trouble",
        title: `${say("marker-fault", "")} ${line.id}`,
        detail: say(line.active ? "fault-begins" : "fault-ends", ""),
      };
    case "timer":
      return { group: "device", title: say("met-timer", ""), detail: line.timer };
    case "journal": {
      const name = textAt(line.entry, "line") ?? "";
      return {
        group: "journal",
        title: say(`journal-${name}`, name),
        detail: textAt(line.entry, "detail") ?? textAt(line.entry, "stan") ?? "",
      };
    }
    case "oracle":
      return { group: "trouble", title: line.oracle, detail: line.finding };
    case "outcome":
      return {
        group: "journal",
        title: say(`outcome-${line.outcome}`, line.outcome),
        detail: say(`reason-${line.reason}`, line.reason),
      };
  }
}

function describeXfs(line: Extract<TraceLine, { readonly type: "xfs" }>): Description {
  const type = textAt(line.message, "header", "type") ?? "";
  const code = textAt(line.message, "header", "completionCode");
  const error = textAt(line.message, "payload", "errorCode");
  const bad = code !== null && code !== "success" && code !== "canceled";
  const key = textAt(line.message, "payload", "digit");
  return {
    group: bad ? "trouble" : "device",
    title: textAt(line.message, "header", "name") ?? "",
    detail: [type, code, error, key].filter((part) => part !== null).join(" · "),
  };
}

function describeResult(
  result: unknown,
  say: (key: string, otherwise: string) => string,
): Description {
  const verdict = textAt(result, "verdict") ?? "";
  const score = numberAt(result, "score") ?? numberAt(result, "liveness");
  const threshold = numberAt(result, "threshold") ?? numberAt(result, "liveness_threshold");
  const attack = verdict === "presentation_attack" || verdict === "no_match";
  return {
    group: attack ? "trouble" : "face",
    title: say(`verdict-${verdict}`, verdict),
    detail: score === null || threshold === null
      ? ""
      : `${score.toFixed(3)} ${score >= threshold ? "≥" : "<"} ${threshold.toFixed(3)}`,
  };
}

function touchText(control: string, language: Language): string {
  const known = hasText(`control-${control}`) || /^amount_\d+$/.test(control);
  return known ? controlLabel(language, control as Control) : control;
}

function screenDetail(screen: unknown): string {
  const language = LANGUAGES.find((one) => one === textAt(screen, "language")) ?? "";
  const problem = at(screen, "problem") ?? at(screen, "instruction") ?? at(screen, "reason") ?? "";
  return [textAt(screen, "page"), problem, language].filter((part) => part !== "").join(" · ");
}

/** A device's state in a line: what is one value first, empty lists left out. */
function insides(state: Readonly<Record<string, unknown>>): string {
  const single = (value: unknown) => typeof value !== "object" || value === null;
  const said = Object.entries(state)
    .filter(([, value]) => single(value) || entriesOf(value).length > 0)
    .toSorted(([, a], [, b]) => Number(single(b)) - Number(single(a)))
    .map(([name, value]) => `${name} ${single(value) ? value : compact(value)}`)
    .join(" · ");
  return shortened(said);
}

/** Cut to a line. */
function compact(value: unknown): string {
  return shortened(bareJson(value));
}

function shortened(text: string): string {
  return text.length > DETAIL_MAX ? `${text.slice(0, DETAIL_MAX - 1)}…` : text;
}
