/** Two runs side by side, loaded when somebody first wants that. @module */
import type { ComponentType } from "preact";
import { LazyPage, type PageProps } from "../pages.tsx";

export interface CompareProps extends PageProps {
  readonly run: string;
  readonly title: (scenario: string) => string | undefined;
}

export function LazyCompare({ run, title, ...props }: CompareProps) {
  const load = async (): Promise<ComponentType<PageProps>> => {
    const { ComparePage } = await import("./compare_page.tsx");
    return (given) => <ComparePage {...given} run={run} title={title} />;
  };
  return <LazyPage name={`${run} ${props.link.with}`} load={load} {...props} />;
}
