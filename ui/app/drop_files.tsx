/**
 * Files dropped anywhere on the page: traces and signed bundles, opened where an auditor reads them.
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import type { DeepLink } from "./deep_link.ts";
import { useSay } from "./language.tsx";

interface Props {
  /** Where what came is to be seen. */
  readonly onBrought: (to: Partial<DeepLink>) => void;
}

export function DropFiles({ onBrought }: Props) {
  const say = useSay();
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const take = async (files: readonly File[]) => {
      const { bring } = await import("./audit/mod.ts");
      const ids = [];
      for (const file of files) ids.push(...await bring(file));
      const [only] = ids;
      onBrought(
        only !== undefined && ids.length === 1 ? { page: "audit", run: only } : { page: "audit" },
      );
    };
    const listen = {
      dragover: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      dragleave: (event: DragEvent) => {
        if (event.relatedTarget === null) setOver(false);
      },
      drop: (event: DragEvent) => {
        setOver(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        setProblem(null);
        const files = [...event.dataTransfer?.files ?? []];
        take(files).catch((error: unknown) => {
          setProblem(error instanceof Error ? error.message : String(error));
        });
      },
    };
    addEventListener("dragover", listen.dragover);
    addEventListener("dragleave", listen.dragleave);
    addEventListener("drop", listen.drop);
    return () => {
      removeEventListener("dragover", listen.dragover);
      removeEventListener("dragleave", listen.dragleave);
      removeEventListener("drop", listen.drop);
    };
  }, [onBrought]);
  return (
    <>
      {over && <p class="drop-here">{say("audit-drop")}</p>}
      {problem !== null && (
        <div class="drop-problem" role="alert">
          <span lang="en">{problem}</span>
          <button type="button" class="quiet" onClick={() => setProblem(null)}>
            {say("app-close")}
          </button>
        </div>
      )}
    </>
  );
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
