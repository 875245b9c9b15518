/** One run on the stage, loaded when the first is opened: the shelf is there before. @module */
import type { ComponentType } from "preact";
import { LazyPage, type PageProps } from "../pages.tsx";

interface Props extends PageProps {
  readonly id: string;
  /** The title of a scenario by its id, in the language of the dashboard. */
  readonly title: (scenario: string) => string | undefined;
}

export function LazyRun({ id, title, ...props }: Props) {
  const load = async (): Promise<ComponentType<PageProps>> => {
    const { RunPage } = await import("./run_page.tsx");
    return (given) => <RunPage {...given} id={id} title={title} />;
  };
  return <LazyPage name={id} load={load} {...props} />;
}
