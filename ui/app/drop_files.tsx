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
  const [problems, setProblems] = useState<readonly string[]>([]);
  useEffect(() => {
    const take = async (files: readonly File[]) => {
      const { bringAll } = await import("./audit/mod.ts");
      const { ids, problems } = await bringAll(files);
      setProblems(problems);
      const [only] = ids;
      if (only === undefined) return;
      onBrought(
        ids.length === 1 ? { page: "audit", run: only } : { page: "audit" },
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
        setProblems([]);
        const files = [...event.dataTransfer?.files ?? []];
        take(files).catch((error: unknown) => {
          setProblems([error instanceof Error ? error.message : String(error)]);
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
      {problems.length > 0 && (
        <div class="drop-problem" role="alert">
          <ul lang="en">{problems.map((problem) => <li key={problem}>{problem}</li>)}</ul>
          <button type="button" class="quiet" onClick={() => setProblems([])}>
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
