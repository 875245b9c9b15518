/** A trace, played back. @module */
export { isTrouble } from "./fold.ts";
export { at, countNotes, entriesOf, numberAt, textAt } from "./json.ts";
export { type Marker, MARKER_KINDS, type MarkerKind, markersOf } from "./markers.ts";
export type { Cash, Look, Moment } from "./moment.ts";
export { bareJson, picturesIn } from "./png.ts";
export { replayOf } from "./read.ts";
export { Replay } from "./replay.ts";
export { type Change, changesBetween, snapshotOf } from "./snapshot.ts";
