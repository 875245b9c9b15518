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
      <div class="stage-insides" data-shown={later.n}>
        <MachinePanel devices={later.devices} working={later.working} replay={replay} />
        <MessagesPanel
          messages={later.messages}
          faults={later.faults}
          replay={replay}
          onOpen={onOpen}
        />
        <LedgerPanel ledger={later.ledger} replay={replay} />
      </div>
    </>
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
