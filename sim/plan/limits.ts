/** How long things of a plan can take. */

/** Seconds. No run lasts longer: what comes later never comes. */
export const RUN_S_MAX = 15 * 60;

/** A day: longer than any run, so for good. */
export const FAULT_S_MAX = 24 * 60 * 60;
