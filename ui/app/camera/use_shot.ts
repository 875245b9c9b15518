/**
 * The rendered pictures of an exposure, as state.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Look } from "../replay/mod.ts";
import { Renderer, type Result } from "./renderer.ts";

let shared: Renderer | null = null;

/** One worker for the page, made when the first picture is wanted. */
function renderer(): Renderer {
  shared ??= new Renderer(openWorker());
  return shared;
}

/** The server's, or the one written into a page that stands by itself. */
function openWorker(): Worker {
  const script = document.getElementById("render-worker")?.textContent;
  if (!script) return new Worker("/assets/build/camera/render_worker.js", { type: "module" });
  return new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
}

export interface ShownShot {
  /** The exposure the pictures are of: while a new one is rendered, the last one stays. */
  readonly look: Look;
  readonly result: Result;
}

/** Whether the pixels rendered here are those the trace names. */
export function isFaithful({ look, result }: ShownShot): boolean {
  if (!result.ok) return false;
  return (["rgb", "nir", "depth"] as const).every(
    (sensor) => bare(look[sensor]) === bare(result.shot.hashes[sensor]),
  );
}

function bare(name: string): string {
  return name.replace(/^sha256:/, "");
}

/** The pictures of `look`, or of the last one rendered while they are being made. */
export function useShot(look: Look | null): ShownShot | null {
  const [shown, setShown] = useState<ShownShot | null>(null);
  const me = useRef({});
  const key = look && `${look.rgb} ${look.nir} ${look.depth}`;
  useEffect(() => {
    if (look === null || key === null) return setShown(null);
    const kept = renderer().kept(key);
    if (kept !== null) return setShown({ look, result: kept });
    let current = true;
    const { scene, faults } = look;
    renderer().ask(
      me.current,
      key,
      { scene, faults },
      (result) => current && setShown({ look, result }),
    );
    return () => {
      current = false;
    };
  }, [key]);
  return shown;
}
