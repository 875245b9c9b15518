/** Faults: what can be broken, and breaking it at the moment a plan names. @module */
export {
  BREAKABLE_DEVICES,
  type CatalogueEntry,
  EVERY_DEVICE,
  FAULT_CATALOGUE,
} from "./catalogue.ts";
export { CLOCK_FAULTS, FACE_FAULTS, PROGRAM_FAULTS, SERVICES_FAULTS } from "./around.ts";
export { POWER_FAULTS } from "./power.ts";
export { type Breakable, type Broken, FaultInjector } from "./injector.ts";
