/**
 * The auditor's page: all kept runs as a table, or one of them on a sheet.
 *
 * @module
 */
import { useMemo, useState } from "preact/hooks";
import { Failure } from "../failure.tsx";
import { useLanguage, useSay } from "../language.tsx";
import type { PageProps } from "../pages.tsx";
import { titlesFrom } from "../run_title.ts";
import { useLoaded } from "../use_loaded.ts";
import { Batch } from "./batch.tsx";
import { bringAll, fetchAudits } from "./fetch.ts";
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
        <h1>{say("audit-heading")}</h1>
        <p>{say("audit-lead")}</p>
      </header>
      <details class="audit-more">
        <summary>{say("audit-batch")}</summary>
        <Batch scenarios={scenarios} onKept={() => setKept((before) => before + 1)} />
      </details>
      <Bring onKept={() => setKept((before) => before + 1)} />
      <AuditTable rows={rows} title={title} />
    </main>
  );
}

/** A trace or a bundle from elsewhere. */
function Bring({ onKept }: { readonly onKept: () => void }) {
  const say = useSay();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const take = async (files: FileList | null) => {
    setProblems([]);
    setProblems((await bringAll(files ?? [])).problems);
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
      {problems.map((problem) => (
        <p key={problem} class="audit-problem" role="alert" lang="en">{problem}</p>
      ))}
    </div>
  );
}
