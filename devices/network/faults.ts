import type { FaultEntry } from "../device.ts";

export const NETWORK_FAULTS = [
  {
    id: "N1",
    does: "The bank's port refuses the connection",
    wire: "Nothing leaves the machine; state line refused",
  },
  {
    id: "N2",
    does: "The bank's certificate has expired: no connection is trusted",
    wire: "Nothing leaves the machine, and nothing of the bank's is taken; state line untrusted",
  },
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
    id: "N6",
    does: "The bank's answers arrive twice",
    wire: "Each 0110, 0130, 0210 and 0430 a second time, 50 ms after the first",
  },
  {
    id: "N7",
    does: "The bank's answers are somebody else's",
    wire: "0110 and 0210 arrive with another audit number (DE 11)",
  },
  {
    id: "N8",
    does: "The connection is half open: both ends think it stands, nothing comes through",
    wire: "Nothing arrives in either direction; state up",
  },
  {
    id: "N9",
    does: "The link is bad: ten times slower, a slow drip, a third lost, one overtaking another",
    wire: "Messages late, lost and out of order",
  },
  {
    id: "N10",
    does: "The switch in between declines everything itself",
    wire: "0110 and 0210 with response code 96; the bank hears nothing",
  },
  {
    id: "N11",
    does: "The bank is down, for as long as it takes",
    wire: "Nothing reaches the bank; reversals wait and are sent in order when it is back",
  },
  {
    id: "N12",
    does: "Acknowledgements of reversals are lost",
    wire: "The bank has reversed; its 0430 does not arrive",
  },
  {
    id: "N13",
    does: "The bank has restarted, and does not remember what it answered",
    wire: "0430 with response code 25 in place of 00; the debit is undone all the same",
  },
  {
    id: "N14",
    does: "The machine's messages arrive with a wrong authentication code, where they have one",
    wire: "The bank answers A0 and books nothing",
  },
] as const satisfies readonly FaultEntry[];

export type NetworkFaultId = (typeof NETWORK_FAULTS)[number]["id"];
