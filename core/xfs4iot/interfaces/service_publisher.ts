/**
 * ServicePublisher: where the services are.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable, EventTable } from "./interface.ts";
import { nothing } from "./values.ts";

const service = z.strictObject({ serviceURI: z.string() }).partial();

export const servicePublisherCommands = {
  "ServicePublisher.GetServices": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({ vendorName: z.string(), services: z.array(service) }).partial(),
    },
  },
} as const satisfies CommandTable;

export const servicePublisherEvents = {
  "ServicePublisher.ServiceDetailEvent": {
    type: "event",
    version: "2.0",
    payload: z.strictObject({ vendorName: z.string(), services: z.array(service) }).partial(),
  },
} as const satisfies EventTable;
