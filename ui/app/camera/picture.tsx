/** One sensor's picture on a canvas. @module */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { RenderedShot } from "./protocol.ts";

interface Props {
  readonly name: "rgb" | "nir" | "depth";
  readonly title: string;
  readonly shot: RenderedShot;
  readonly children?: ComponentChildren;
}

export function Picture({ name, title, shot, children }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    context?.putImageData(new ImageData(shot[name], shot.width, shot.height), 0, 0);
  }, [shot, name]);
  return (
    <figure class="picture" data-sensor={name}>
      <canvas
        ref={canvas}
        width={shot.width}
        height={shot.height}
        role="img"
        aria-label={title}
      />
      {children}
      <figcaption>{title}</figcaption>
    </figure>
  );
}
