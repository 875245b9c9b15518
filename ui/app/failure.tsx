/** What is shown instead of what could not be loaded. @module */
import { ApiError } from "./api.ts";
import { useSay } from "./language.tsx";

interface Props {
  readonly error: Error;
  readonly onRetry: () => void;
}

export function Failure({ error, onRetry }: Props) {
  const say = useSay();
  return (
    <section class="failure" role="alert">
      <h2>{say("error-title")}</h2>
      <p>{say(reasonOf(error))}</p>
      <pre>{error.message}</pre>
      <button type="button" class="primary" onClick={onRetry}>{say("app-retry")}</button>
    </section>
  );
}

function reasonOf(error: Error): string {
  if (!(error instanceof ApiError)) return "error-trace";
  if (error.status === 0) return "error-server";
  return error.status === 404 ? "error-missing" : "error-run";
}
