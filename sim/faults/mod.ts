/** Faults: what can be broken, and breaking it at the moment a plan names. @module */
export { type CatalogueEntry, FAULT_CATALOGUE } from "./catalogue.ts";
export { POWER_FAULTS } from "./power.ts";
export { type Breakable, FaultInjector } from "./injector.ts";
