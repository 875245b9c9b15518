/** The moment on the stage and the address, kept alike. @module */
import { useEffect } from "preact/hooks";
import type { DeepLink } from "../deep_link.ts";
import { type Playback, SPEEDS, type Start } from "../playback/use_playback.ts";

/**
 * A linked moment stands still; a fresh run plays, unless the reader wants less motion. A speed that
 * nobody can choose is none: at 0 it would play and never move.
 */
export function startOf({ t, n, speed: wanted }: DeepLink, still = wantsStillness()): Start {
  const speed = SPEEDS.find((one) => one === wanted) ?? 1;
  return { t, n, speed, playing: t === null && n === null && !still };
}

function wantsStillness(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Tells the address a quarter of a second after the scrubber came to rest, or each second of play. */
export function useAddress(
  playback: Playback,
  onMoment: (moment: Pick<DeepLink, "t" | "n" | "speed">) => void,
): void {
  const { position, speed, playing } = playback;
  const beat = playing ? Math.floor(position.t / 1_000_000) : position.n;
  useEffect(() => {
    const tell = () => onMoment({ t: position.t / 1_000, n: playing ? null : position.n, speed });
    const timer = setTimeout(tell, 250);
    return () => clearTimeout(timer);
  }, [beat, speed, playing, playing ? 0 : position.t]);
}
