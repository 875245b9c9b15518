/** The frame around a part of the stage. @module */
import { type ComponentChildren, createContext } from "preact";
import { useContext } from "preact/hooks";

/** Where panels of a name stand for several things: the id of the element that names theirs. */
export const PanelsOf = createContext<string | null>(null);

interface Props {
  readonly name: string;
  readonly title: string;
  /** Where two of a name are on a page; absent: the name. */
  readonly id?: string;
  /** Beside the title: a state, a count. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Panel({ name, title, id = name, aside, children }: Props) {
  const whose = useContext(PanelsOf);
  const named = whose === null ? `panel-${id}` : `panel-${id} ${whose}`;
  return (
    <section class="panel" data-panel={name} aria-labelledby={named}>
      <header class="panel-head">
        <h2 id={`panel-${id}`}>{title}</h2>
        {aside}
      </header>
      <div class="panel-body">{children}</div>
    </section>
  );
}

/** What a panel says when it has nothing yet. */
export function Empty({ text }: { readonly text: string }) {
  return <p class="empty">{text}</p>;
}
