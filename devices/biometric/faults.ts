import type { FaultEntry } from "../device.ts";

/** What breaks in the reader itself; what goes wrong before its lens is the camera's (C14 to C20). */
export const BIOMETRIC_FAULTS = [
  {
    id: "C21",
    does: "The store of templates is full",
    wire: "Biometric.Import capacityExceeded; remainingStorage 0",
  },
  {
    id: "C22",
    does: "The templates are lost",
    wire: "Biometric.Match and SetMatch noImportedData; GetStorageInfo noImportedData",
  },
  {
    id: "C23",
    does: "The face is held at a slant",
    wire: "Biometric.OrientationEvent; Biometric.Read goes on",
  },
  {
    id: "C24",
    does: "The key that templates are sealed with is lost",
    wire: "Biometric.Read and Import keyNotFound",
  },
] as const satisfies readonly FaultEntry[];
