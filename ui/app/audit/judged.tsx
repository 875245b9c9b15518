/**
 * A score against its threshold: in numbers, and as a bar that a glance can read.
 *
 * @module
 */
import type { AuditRow } from "./fetch.ts";

interface Props {
  readonly score: number | null;
  readonly threshold: number;
}

/** `0.948 ≥ 0.503`; a dash where there was nothing to score. */
export function Judged({ score, threshold }: Props) {
  const passed = score !== null && score >= threshold;
  const at = (value: number) => `${Math.min(1, Math.max(0, value)) * 100}`;
  return (
    <span class="judged" data-passed={passed}>
      <span class="judged-numbers">
        {score === null ? "–" : score.toFixed(3)} {passed ? "≥" : "<"} {threshold.toFixed(3)}
      </span>
      <svg class="judged-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <path class="judged-rail" d="M0 4H100" />
        {score !== null && <path class="judged-score" d={`M0 4H${at(score)}`} />}
        <path class="judged-threshold" d={`M${at(threshold)} 0V8`} />
      </svg>
    </span>
  );
}

/** The score that decided, where a score did: of the liveness, or of the comparison. */
export function decidingScore({ decided_by, liveness, face }: AuditRow): Props | null {
  if (decided_by === "liveness") return liveness;
  return decided_by === "face" || decided_by === "all" ? face ?? liveness : null;
}
