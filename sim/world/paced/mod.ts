/**
 * The machine at the pace of a clock on the wall, for software that is not ours: its services, and
 * the person who can stand there. Has neither core nor bank nor plan, and writes no trace.
 *
 * @module
 */
export { control, type ControlProblem, controlSchema } from "./control.ts";
export { type CustomerScript, customerScriptSchema, ScriptedCustomer } from "./customer.ts";
export { PacedMachine, type PacedOptions } from "./machine.ts";
export {
  type ServiceDescription,
  type ServicesOptions,
  XFS_PATH,
  XfsServices,
} from "./services.ts";
