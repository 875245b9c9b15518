/**
 * The machine as the customer stands before it, drawn from the moment alone.
 *
 * ```
 *        ┌──────── ATM ────────┐
 *        │      ◦ (◉) ◦        │  camera with its light
 *        │ ┌─────────────────┐ │
 *        │ │     screen      │ │
 *        │ └─────────────────┘ │
 *        │ ═ receipt   keypad  │
 *        │ ═════ cash ════════ │
 *        └─────────────────────┘
 * ```
 *
 * @module
 */
import type { Control } from "../../../core/session/mod.ts";
import type { Micros } from "../../../core/units.ts";
import { type Moment, textAt } from "../replay/mod.ts";
import { AtmScreen } from "./atm_screen.tsx";
import { CashSlot } from "./cash_slot.tsx";
import { Keypad } from "./keypad.tsx";
import { ReceiptSlot } from "./receipt_slot.tsx";

/** What a customer's hands do; absent where the machine is only watched. */
export interface AtmHands {
  readonly touch: (control: Control) => void;
  readonly press: (key: string) => void;
  readonly takeCash: () => void;
  readonly takeReceipt: () => void;
}

interface Props {
  readonly moment: Moment;
  /** The scrubber's time, a little after the moment's last line. */
  readonly now: Micros;
  readonly hands?: AtmHands;
}

export function Atm({ moment, now, hands }: Props) {
  const shooting = Object.values(moment.working).some((work) => work.device === "camera");
  const looking = moment.screen?.page === "look_at_camera" || shooting;
  const shutter = textAt(moment.devices.cashdispenser, "shutter") ?? "closed";
  return (
    <div class="atm" data-visitor={moment.visitor}>
      <div class="atm-crown">
        <span class="atm-sign">ATM</span>
        <span class="atm-lamp" data-on={moment.visitor !== "absent"} />
      </div>
      <div class="atm-front">
        <div class="atm-camera" data-looking={looking} data-shooting={shooting}>
          <i class="atm-led" />
          <i class="atm-led" />
          <span class="atm-lens">
            <i />
          </span>
          <i class="atm-led" />
          <i class="atm-led" />
        </div>
        <div class="atm-bezel">
          <AtmScreen
            screen={moment.screen}
            touched={moment.touched}
            now={now}
            onTouch={hands?.touch}
          />
        </div>
        <div class="atm-shelf">
          <div class="atm-slots">
            <ReceiptSlot receipt={moment.receipt} onTake={hands?.takeReceipt} />
            <CardSlot />
          </div>
          <Keypad keypad={moment.keypad} pressed={moment.key} now={now} onPress={hands?.press} />
        </div>
        <CashSlot cash={moment.cash} shutterOpen={shutter !== "closed"} onTake={hands?.takeCash} />
      </div>
    </div>
  );
}

/** The way that needs no face is always there. */
function CardSlot() {
  return (
    <div class="card-slot">
      <svg viewBox="0 0 48 32" aria-hidden="true">
        <path d="M4 5h40v22H4zM4 12h40M9 20h9" />
      </svg>
      <span />
    </div>
  );
}
