/**
 * The face as an XFS4IoT device: service name `biometric`, interface Biometric, with `core/face` behind.
 *
 * **What it models.** A reader that looks at whoever stands there, keeps what it saw, and compares it
 * with one person's template.
 *
 *   Read ─► PresentSubjectEvent ─► looks ─► SubjectDetectedEvent ─► live: kept for Match
 *                                    ▲ └─ unusable: looks again        presentation attack: fraudAttempt
 *   Import one's own template ─► id1 ─► Match { identifier: id1 } ─► confidenceLevel
 *
 * - **1:1 only.** `compareMode: identity` — a face against everybody there is — is `modeNotSupported`,
 *   in SetMatch and in Match, and always will be.
 * - The standard's formats are of fingers. A template is `reservedTemplate1`; what Read in mode `scan`
 *   hands out is a sealed name of it: worth nothing outside this reader, and Import takes it back.
 *   No template and no picture leaves.
 * - The standard has no liveness. An attack completes with `fraudAttempt`, and `Common.ErrorEvent`
 *   and `common.device` say so until `Reset`.
 * - `confidenceLevel` is 100 × the cosine similarity, not below 0; the model's own threshold decides
 *   where Match is asked without one.
 *
 * **Timings** (profile): three exposures, of the cameras there are, `look_again_ms` apart, and
 * `inference` for each.
 *
 * **Faults.** C21 to C24: see {@linkcode BIOMETRIC_FAULTS}: the store of templates full or lost, a face
 * held at a slant, the sealing key lost. What stands before the lens is the camera's (C14 to C20).
 *
 * **Invariants.** Nobody is compared who was not judged live. What is cleared is gone.
 *
 * @module
 */
export { BIOMETRIC_FAULTS } from "./faults.ts";
export {
  type Biometric,
  type BiometricOptions,
  createBiometric,
  type FaceReader,
} from "./reader.ts";
