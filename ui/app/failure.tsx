/** What is shown instead of what could not be loaded. @module */
import { ApiError } from "./api.ts";
import { useSay } from "./language.tsx";

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
        <Notice {...props} Heading="h1" />
      </main>
    )
    : <Notice {...props} Heading="h2" />;
}

function Notice({ error, onRetry, Heading }: Props & { readonly Heading: "h1" | "h2" }) {
  const say = useSay();
  return (
    <section class="failure" role="alert">
      <Heading>{say("error-title")}</Heading>
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
