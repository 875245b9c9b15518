import type { FaultEntry } from "../device.ts";

export const NETWORK_FAULTS = [
  {
    id: "N3",
    does: "What the machine sends is lost before it leaves",
    wire: "The bank receives nothing and answers nothing",
  },
  {
    id: "N4",
    does:
      "The link dies under the bank's next answer to a withdrawal, and stays dead until cleared",
    wire: "The bank has debited; its 0210 does not arrive, nor anything after it",
  },
  {
    id: "N5",
    does: "The bank's answers to requests come late_s late",
    wire: "0110 and 0210 arrive after the machine has stopped waiting",
  },
  {
    id: "N12",
    does: "Acknowledgements of reversals are lost",
    wire: "The bank has reversed; its 0430 does not arrive",
  },
  {
    id: "N14",
    does: "The machine's messages arrive with a wrong authentication code, where they have one",
    wire: "The bank answers A0 and books nothing",
  },
] as const satisfies readonly FaultEntry[];
