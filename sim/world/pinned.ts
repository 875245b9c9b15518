/** What a trace's chain starts from besides the plan: renderer, models, their settings, and texts. */
import { type Manifest, settingsOf } from "../../core/face/mod.ts";
import { LOCALE_SOURCES } from "../../core/locale/mod.ts";
import { RENDERER_VERSION } from "../../devices/camera/mod.ts";
import { sha256Hex, type TraceHeader } from "../trace/mod.ts";

export function pinnedOf(manifest: Manifest): Omit<TraceHeader["pinned"], "plan"> {
  const { detector, liveness, embedder } = manifest;
  return {
    renderer: RENDERER_VERSION,
    models: {
      detector: detector.sha256,
      liveness: liveness.sha256,
      embedder: embedder.sha256,
      settings: sha256Hex(settingsOf(manifest)),
    },
    locale: Object.fromEntries(
      Object.entries(LOCALE_SOURCES).map(([language, text]) => [language, sha256Hex(text)]),
    ),
  };
}
