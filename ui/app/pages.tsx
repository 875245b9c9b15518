/**
 * Pages that are loaded when somebody opens them, so that the rest of the dashboard stays small.
 *
 * @module
 */
import type { ComponentType } from "preact";
import type { Run, ScenarioInfo } from "./api.ts";
import type { DeepLink, PageName } from "./deep_link.ts";
import { Failure } from "./failure.tsx";
import { useSay } from "./language.tsx";
import { notLoaded } from "./late_code.ts";
import { useLoaded } from "./use_loaded.ts";

/** What every page gets. */
export interface PageProps {
  readonly link: DeepLink;
  /** How often somebody has come to another address: what stands at a moment begins anew with each. */
  readonly arrival: number;
  readonly scenarios: readonly ScenarioInfo[];
  /** Changes the address without leaving the page. */
  readonly onLink: (some: Partial<DeepLink>) => void;
  /** Goes somewhere else, with a way back. */
  readonly onGo: (link: Partial<DeepLink>) => void;
}

export interface Page {
  /** The text that names it, in the bar; null: another page leads there. */
  readonly title: string | null;
  readonly load: () => Promise<ComponentType<PageProps>>;
}

/** By the name that the address says; each page of HTML has those that it holds. */
export type Pages = Readonly<Partial<Record<PageName, Page>>>;

/** Where a run is watched. */
export function linkTo({ id, scenario, seed }: Run): Partial<DeepLink> {
  return { run: id, scenario, seed };
}

interface Props<Given extends object> {
  readonly name: string;
  readonly load: () => Promise<ComponentType<Given>>;
  readonly given: Given;
}

export function Lazy<Given extends object>({ name, load, given }: Props<Given>) {
  const say = useSay();
  const [loaded, retry] = useLoaded(name, async () => ({
    Content: await load().catch(notLoaded),
  }));
  if (loaded.state === "failed") return <Failure alone error={loaded.error} onRetry={retry} />;
  if (loaded.state === "loading") {
    return <p class="loading" role="status">{say("app-loading")}</p>;
  }
  const { Content } = loaded.value;
  return <Content {...given} />;
}
