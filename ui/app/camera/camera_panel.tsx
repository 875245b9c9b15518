/**
 * What the three sensors see, rendered here and now from the trace's scene, and what was found in it.
 *
 * @module
 */
import { memo } from "preact/compat";
import type { FrameFinding } from "../../../core/face/mod.ts";
import { useSay } from "../language.tsx";
import { Empty, Panel } from "../panels/panel.tsx";
import type { Moment } from "../replay/mod.ts";
import { Picture } from "./picture.tsx";
import { isFaithful, type ShownShot, useShot } from "./use_shot.ts";

interface Props extends Pick<Moment, "look" | "findings" | "assessed"> {
  /** Where two are on a page. */
  readonly id?: string;
}

export const CameraPanel = memo(function CameraPanel(props: Props) {
  const { look, findings, assessed, id = "camera" } = props;
  const say = useSay();
  const shown = useShot(look);
  const finding = shown === null ? null : findings[shown.look.rgb] ?? null;
  const verdict = assessed?.verdict ?? null;
  return (
    <Panel name="camera" id={id} title={say("panel-camera")} aside={<Faithful shown={shown} />}>
      {shown?.result.ok
        ? (
          <div class="pictures" data-verdict={finding === null ? null : verdict}>
            <Picture name="rgb" title={say("camera-rgb")} shot={shown.result.shot}>
              {finding && <Overlay finding={finding} />}
            </Picture>
            <Picture name="nir" title={say("camera-nir")} shot={shown.result.shot} />
            <Picture name="depth" title={say("camera-depth")} shot={shown.result.shot} />
          </div>
        )
        : (
          <div class="pictures pictures-none">
            <Empty text={say(look === null ? "camera-none" : "camera-rendering")} />
          </div>
        )}
      {finding?.problem && <p class="finding-problem">{say(`quality-${finding.problem}`)}</p>}
    </Panel>
  );
});

/** Whether the pixels rendered here are the ones the trace names by hash. */
function Faithful({ shown }: { readonly shown: ShownShot | null }) {
  const say = useSay();
  if (shown === null) return null;
  if (!shown.result.ok) {
    return (
      <span class="badge" data-tone="bad" title={shown.result.message}>
        {say("camera-unavailable")}
      </span>
    );
  }
  const faithful = isFaithful(shown);
  return (
    <span class="badge" data-tone={faithful ? "good" : "bad"} title={shown.look.rgb}>
      {say(faithful ? "camera-match" : "camera-mismatch")}
    </span>
  );
}

/** Box and landmarks, in pixels of the picture. */
function Overlay({ finding }: { readonly finding: FrameFinding }) {
  if (finding.box === null) return null;
  const [x, y, width, height] = finding.box;
  return (
    <svg class="overlay" viewBox="0 0 320 240" aria-hidden="true">
      <rect x={x} y={y} width={width} height={height} rx="4" />
      {finding.landmarks.map(([cx, cy], index) => <circle key={index} cx={cx} cy={cy} r="2.6" />)}
      <text x={x + 3} y={Math.max(10, y - 4)}>{finding.detection.toFixed(3)}</text>
    </svg>
  );
}
