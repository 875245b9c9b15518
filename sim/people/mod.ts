/**
 * The synthetic population: person N, 0…99,999, is a function of N and of nothing else.
 *
 * Nobody here is real, and nobody real can be hit by accident: every number lies where its issuer
 * puts nobody (see `numbers.ts` for each range and why), and every name is a phrase about nature
 * (see `names.ts`). The face of person N is made in `devices/camera` from the same N; age and sex
 * come from there, so that the number on the card and the face before the camera agree.
 *
 * @module
 */
export {
  DAY_ONE,
  findPerson,
  kinOf,
  type Kinsman,
  type Person,
  personOf,
  POPULATION,
  type Relation,
} from "./person.ts";
export type { Name } from "./names.ts";
export { AREA_PREFIX, IIN, PHONE_PREFIX } from "./numbers.ts";
