/** What a trace's chain starts from besides the plan: renderer, models, their settings, and texts. */
import { filesOf, type Manifest, settingsOf } from "../../core/face/mod.ts";
import { LOCALE_SOURCES } from "../../core/locale/mod.ts";
import { RENDERER_VERSION } from "../../devices/camera/mod.ts";
import { sha256Hex, type TraceHeader } from "../trace/mod.ts";

export function pinnedOf(manifest: Manifest): Omit<TraceHeader["pinned"], "plan"> {
  const hashes = [...filesOf(manifest)].map(([name, { sha256 }]) => [name, sha256]);
  return {
    renderer: RENDERER_VERSION,
    models: {
      ...Object.fromEntries(hashes),
      settings: sha256Hex(settingsOf(manifest)),
    },
    locale: Object.fromEntries(
      Object.entries(LOCALE_SOURCES).map(([language, text]) => [language, sha256Hex(text)]),
    ),
  };
}
