/** How long things of a plan can take. */

/** Seconds. No run lasts longer: what comes later never comes. */
export const RUN_S_MAX = 15 * 60;

/**
 * Seconds. A visit by hand is over then: what it leaves has time to be settled before the run ends. What a
 * script has begin later is not held to have ended.
 */
export const VISIT_S_MAX = RUN_S_MAX - 60;

/** A day: longer than any run, so for good. */
export const FAULT_S_MAX = 24 * 60 * 60;
