/** The frame around a part of the stage. @module */
import type { ComponentChildren } from "preact";

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
  return (
    <section class="panel" data-panel={name} aria-labelledby={`panel-${id}`}>
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
