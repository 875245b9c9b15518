/**
 * The heading of a page: it names the window, too, and is where whoever has come to the page begins to
 * read.
 *
 * An address is come to without loading anything, so a browser tells nobody. Whoever hears the page
 * instead of seeing it is told by the window's name and by the focus on its heading.
 *
 * @module
 */
import { type ComponentChildren, createContext } from "preact";
import { useContext, useEffect, useRef } from "preact/hooks";

/** How often somebody has come to another address, and which of these comings was greeted. */
export interface Arrivals {
  readonly count: number;
  readonly greeted: { current: number };
}

export const ArrivalsContext = createContext<Arrivals>({ count: 0, greeted: { current: 0 } });

interface Props {
  /** What the window is called. */
  readonly name: string;
  readonly class?: string;
  /** Absent: the heading says the name. */
  readonly children?: ComponentChildren;
}

export function PageTitle({ name, children = name, ...more }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { count, greeted } = useContext(ArrivalsContext);
  useEffect(() => {
    document.title = `${name} · atm-twin`;
  }, [name]);
  useEffect(() => {
    if (greeted.current === count) return;
    greeted.current = count;
    // Where something on the page has the focus already, it was given to it.
    if (document.activeElement?.closest("main, dialog")) return;
    heading.current?.focus({ preventScroll: true });
  }, [count]);
  return <h1 ref={heading} tabIndex={-1} {...more}>{children}</h1>;
}
