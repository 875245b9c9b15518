/** What is shown instead of what could not be loaded. @module */
import { ApiError } from "./api.ts";
import { useSay } from "./language.tsx";
import { OutdatedError } from "./late_code.ts";
import { PageTitle } from "./page_title.tsx";
import { TraceError } from "./replay/trace_error.ts";

interface Props {
  readonly error: Error;
  readonly onRetry: () => void;
  /** Nothing else is on the page: this is its main part and its heading. */
  readonly alone?: boolean;
}

export function Failure({ alone = false, ...props }: Props) {
  return alone
    ? (
      <main>
        <Notice {...props} alone />
      </main>
    )
    : <Notice {...props} />;
}

/** The same in a line, beside what was wanted. */
export function FailureLine({ error }: Pick<Props, "error">) {
  const say = useSay();
  const reason = reasonOf(error);
  return (
    <p class="fork-error" role="alert">
      {reason !== null && say(reason)} <span lang="en">{error.message}</span>{" "}
      {error instanceof OutdatedError && <Reload />}
    </p>
  );
}

function Notice({ error, onRetry, alone = false }: Props) {
  const say = useSay();
  const reason = reasonOf(error);
  return (
    <section class="failure" role="alert">
      {alone ? <PageTitle name={say("error-title")} /> : <h2>{say("error-title")}</h2>}
      {reason !== null && <p>{say(reason)}</p>}
      <pre>{error.message}</pre>
      {error instanceof OutdatedError
        ? <Reload />
        : <button type="button" class="primary" onClick={onRetry}>{say("app-retry")}</button>}
    </section>
  );
}

/** The page again, at the same address: with it comes code that fits. */
function Reload() {
  const say = useSay();
  return (
    <button type="button" class="primary" data-deed="reload" onClick={() => location.reload()}>
      {say("app-reload")}
    </button>
  );
}

/** The text that names the cause; null where none is known: the error's own words say it then. */
export function reasonOf(error: Error): string | null {
  if (error instanceof TraceError) return "error-trace";
  if (error instanceof OutdatedError) return "error-outdated";
  if (!(error instanceof ApiError)) return null;
  if (error.status === 0) return "error-server";
  return error.status === 404 ? "error-missing" : "error-run";
}
