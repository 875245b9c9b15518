/**
 * The auditor's page: all kept runs as a table, or one of them on a sheet.
 *
 * @module
 */
import { useMemo, useState } from "preact/hooks";
import { Failure } from "../failure.tsx";
import { useLanguage, useSay } from "../language.tsx";
import { PageTitle } from "../page_title.tsx";
import type { PageProps } from "../pages.tsx";
import { titlesFrom } from "../run_title.ts";
import { useLoaded } from "../use_loaded.ts";
import { Batch } from "./batch.tsx";
import { type AuditRow, bringAll, fetchAudits } from "./fetch.ts";
import { AuditSheet } from "./sheet.tsx";
import { AuditTable } from "./table.tsx";
import { Verification } from "./verification.tsx";

export function AuditPage({ link, scenarios, onGo }: PageProps) {
  const say = useSay();
  const language = useLanguage();
  const [kept, setKept] = useState(0);
  const [loaded, retry] = useLoaded(`audits ${kept}`, fetchAudits);
  const title = useMemo(() => titlesFrom(scenarios, language), [scenarios, language]);
  if (loaded.state === "failed") return <Failure alone error={loaded.error} onRetry={retry} />;
  if (loaded.state === "loading" && kept === 0) {
    return <p class="loading" role="status">{say("app-loading")}</p>;
  }
  const rows = loaded.state === "loaded" ? loaded.value : [];
  if (link.run !== null) {
    const row = rows.find(({ id }) => id === link.run);
    return (
      <main class="audit">
        {row === undefined
          ? <p class="empty">{say("error-missing")}</p>
          : (
            <AuditSheet row={row} title={title(row)} onGo={onGo}>
              <Verification key={row.id} run={row.id} />
            </AuditSheet>
          )}
      </main>
    );
  }
  return (
    <main class="audit">
      <header class="audit-head">
        <PageTitle name={say("audit-heading")} />
        <p>{say("audit-lead")}</p>
      </header>
      <details class="audit-more">
        <summary>{say("audit-batch")}</summary>
        <Batch scenarios={scenarios} onKept={() => setKept((before) => before + 1)} />
      </details>
      <Bring rows={rows} onKept={() => setKept((before) => before + 1)} />
      <AuditTable rows={rows} title={title} />
    </main>
  );
}

interface BringProps {
  /** What is kept already. */
  readonly rows: readonly AuditRow[];
  readonly onKept: () => void;
}

/** A trace or a bundle from elsewhere. */
function Bring({ rows, onKept }: BringProps) {
  const say = useSay();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [brought, setBrought] = useState<Record<"fresh" | "known", string> | null>(null);
  const take = async (files: FileList | null) => {
    setProblems([]);
    setBrought(null);
    const { ids, problems } = await bringAll(files ?? []);
    const known = ids.filter((id) => rows.some((row) => row.id === id)).length;
    setProblems(problems);
    setBrought({ fresh: String(ids.length - known), known: String(known) });
    onKept();
  };
  return (
    <div class="audit-bring">
      <label class="quiet">
        {say("audit-bring")}
        <input
          class="visually-hidden"
          type="file"
          accept=".jsonl,.zip"
          multiple
          onChange={(event) => void take(event.currentTarget.files)}
        />
      </label>
      <p class="audit-brought" role="status">{brought && say("audit-brought", brought)}</p>
      {problems.map((problem) => (
        <p key={problem} class="audit-problem" role="alert" lang="en">{problem}</p>
      ))}
    </div>
  );
}
