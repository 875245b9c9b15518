/** The panels that are read, not watched: they follow the scrubber a moment after the machine has. @module */
import { useEffect, useState } from "preact/hooks";
import { ExchangesPanel } from "../panels/exchanges_panel.tsx";
import { LedgerPanel } from "../panels/ledger_panel.tsx";
import { MachinePanel } from "../panels/machine_panel.tsx";
import { MessagesPanel } from "../panels/messages_panel.tsx";
import { MomentsPanel } from "../panels/moments_panel.tsx";
import type { Moment, Replay } from "../replay/mod.ts";

interface Props {
  readonly moment: Moment;
  readonly replay: Replay;
  readonly onOpen: (n: number) => void;
}

export function Tables({ moment, replay, onOpen }: Props) {
  const later = useAfterPaint(moment);
  return (
    <>
      <div class="stage-commands">
        <ExchangesPanel n={later.n} replay={replay} onOpen={onOpen} />
        <MomentsPanel moment={later} replay={replay} />
      </div>
      <Insides moment={later} replay={replay} onOpen={onOpen} />
    </>
  );
}

/** Inside of the machine, and the bank behind it. */
export function Insides({ moment, replay, onOpen }: Props) {
  return (
    <div class="stage-insides" data-shown={moment.n}>
      <MachinePanel devices={moment.devices} working={moment.working} replay={replay} />
      <MessagesPanel
        messages={moment.messages}
        network={moment.devices.network}
        replay={replay}
        onOpen={onOpen}
      />
      <LedgerPanel ledger={moment.ledger} replay={replay} />
    </div>
  );
}

/**
 * The moment once it has been painted. Whoever drags the scrubber looks at the machine, its camera and
 * the log: the tables below follow after those have moved.
 */
function useAfterPaint(moment: Moment): Moment {
  const [painted, setPainted] = useState(moment);
  useEffect(() => setPainted(moment), [moment]);
  return painted;
}
