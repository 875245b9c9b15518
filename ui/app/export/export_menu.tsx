/** The run as a file: its trace, and what other tools read. @module */
import { useState } from "preact/hooks";
import { traceText } from "../../../sim/trace/mod.ts";
import type { Run } from "../api.ts";
import { FailureLine } from "../failure.tsx";
import { useSay } from "../language.tsx";
import { notLoaded } from "../late_code.ts";
import { at, type Replay } from "../replay/mod.ts";

interface Props {
  readonly run: Run;
  readonly replay: Replay;
}

/** What is written, under which ending, as which type. */
const FORMATS = {
  trace: { ending: "trace.jsonl", type: "application/jsonl" },
  perfetto: { ending: "perfetto.json", type: "application/json" },
  junit: { ending: "junit.xml", type: "application/xml" },
  scenario: { ending: "yaml", type: "application/yaml" },
} as const;
type Format = keyof typeof FORMATS;

export function ExportMenu({ run, replay }: Props) {
  const say = useSay();
  const [error, setError] = useState<Error | null>(null);
  const write = async (format: Format) => {
    setError(null);
    try {
      save(format, run, await textOf(format, run, replay));
    } catch (caught) {
      setError(caught instanceof Error ? caught : new Error(String(caught)));
    }
  };
  return (
    <details class="menu">
      <summary class="quiet">{say("export-title")}</summary>
      <ul>
        {(Object.keys(FORMATS) as Format[]).map((format) => (
          <li key={format}>
            <button type="button" data-export={format} onClick={() => void write(format)}>
              {say(`export-${format}`)}
            </button>
          </li>
        ))}
        {error && (
          <li>
            <FailureLine error={error} />
          </li>
        )}
      </ul>
    </details>
  );
}

/** What other tools read is written by code that is loaded when somebody wants it. */
async function textOf(format: Format, run: Run, { trace }: Replay): Promise<string> {
  switch (format) {
    case "trace":
      return traceText(trace);
    case "perfetto": {
      const { chromeTrace } = await import("./chrome_trace.ts").catch(notLoaded);
      return JSON.stringify(chromeTrace(trace));
    }
    case "junit":
      return (await import("./junit.ts").catch(notLoaded)).junitOf(run);
    case "scenario":
      // JSON is YAML, and says exactly what ran: deeds of a visit by hand included.
      return JSON.stringify(at(trace.header.pinned.plan, "scenario"), null, 2) + "\n";
  }
}

function save(format: Format, run: Run, text: string): void {
  const { ending, type } = FORMATS[format];
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${run.scenario}-${run.seed}.${ending}`;
  link.click();
  URL.revokeObjectURL(url);
}
