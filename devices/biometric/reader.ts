/**
 * The reader's XFS4IoT handlers. See `mod.ts`.
 *
 * @module
 */
import type { FaceRequest, FaceResult, FrameSet } from "../../core/face/mod.ts";
import type { JsonObject } from "../../core/json.ts";
import { micros, milliseconds } from "../../core/units.ts";
import type { CommandMessage, CommandPayload, DeviceHealth } from "../../core/xfs4iot/mod.ts";
import type { Device, Surroundings } from "../device.ts";
import type { Profile } from "../profiles/mod.ts";
import type { DeviceRequest } from "../request.ts";
import { FaultSet } from "../fault_set.ts";
import { type Handlers, Service } from "../service.ts";
import { BIOMETRIC_FAULTS } from "./faults.ts";
import { Templates, TEMPLATES_MAX } from "./templates.ts";

/** What judges and compares: a service of `core/face`. */
export interface FaceReader {
  handle(request: FaceRequest): Promise<FaceResult>;
  /** Deletes a reference; whether there was one. */
  deleteReference(reference: string): boolean;
}

export interface BiometricOptions {
  readonly face: FaceReader;
  /** Whether the camera that it looks through works. */
  works(): boolean;
  /** Takes one exposure of the sensors that there are now, and names it. */
  expose(): FrameSet;
}

export interface Biometric extends Device {
  /** Somebody steps in front of the lens, or walks away. */
  presence(present: boolean): void;
}

type Read = DeviceRequest<"Biometric.Read">;
type Cleared = NonNullable<CommandPayload<"Biometric.Clear">["clearData"]>;

/** Exposures judged together, as the session core has them. */
const EXPOSURES = 3;

/** Looks at somebody who cannot be judged before the read has failed. */
const LOOKS_MAX = 8;

export function createBiometric(
  profile: Profile,
  surroundings: Surroundings,
  options: BiometricOptions,
): Biometric {
  return new VirtualBiometric(profile, surroundings, options);
}

class VirtualBiometric implements Biometric {
  readonly name = "biometric";
  readonly interfaces = ["Biometric"] as const;
  readonly faults = BIOMETRIC_FAULTS;
  readonly #profile: Profile;
  readonly #surroundings: Surroundings;
  readonly #options: BiometricOptions;
  readonly #service: Service;
  readonly #templates: Templates;
  readonly #active = new FaultSet<(typeof BIOMETRIC_FAULTS)[number]["id"]>(BIOMETRIC_FAULTS);
  #health: DeviceHealth = "online";
  #present = false;
  /** The latest capture that was judged live. */
  #capture: string | null = null;
  #captures = 0;
  /** What SetMatch said a later Read with mode match is compared with. */
  #match: { readonly identifier: string; readonly threshold: number | null } | null = null;

  constructor(profile: Profile, surroundings: Surroundings, options: BiometricOptions) {
    this.#profile = profile;
    this.#surroundings = surroundings;
    this.#options = options;
    this.#templates = new Templates(surroundings.random);
    this.#service = new Service(this.name, {
      interfaces: this.interfaces,
      handlers: this.#handlers(),
      events: [
        "Biometric.PresentSubjectEvent",
        "Biometric.SubjectDetectedEvent",
        "Biometric.SubjectRemovedEvent",
        "Biometric.DataClearedEvent",
        "Biometric.OrientationEvent",
      ],
      status: () => ({
        common: { device: this.#health },
        biometric: {
          subject: this.#present ? "present" : "notPresent",
          capture: this.#capture !== null,
          dataPersistence: "clear",
          remainingStorage: this.#active.has("C21") ? 0 : this.#templates.free,
        },
      }),
      capabilities: () => ({
        biometric: {
          type: { facialFeatures: true },
          maxCapture: 1,
          templateStorage: TEMPLATES_MAX,
          dataFormats: { reservedTemplate1: true },
          storage: { secure: true },
          persistenceModes: { clear: true },
          matchSupported: "storedMatch",
          scanModes: { scan: true, match: true },
          compareModes: { verify: true },
          clearData: { scannedData: true, importedData: true, setMatchedData: true },
        },
      }),
    }, surroundings);
  }

  receive(command: CommandMessage): void {
    this.#service.receive(command);
  }

  fault(id: string, active: boolean): void {
    if (this.#service.fault(id, active)) return;
    if (!this.#active.set(id, active)) return;
    if (id === "C23" && active) this.#service.unsolicited("Biometric.OrientationEvent", {});
    this.#service.changed();
  }

  presence(present: boolean): void {
    if (present === this.#present) return;
    this.#present = present;
    if (!present) this.#service.unsolicited("Biometric.SubjectRemovedEvent", {});
    this.#service.changed();
  }

  powerCut(): void {
    this.#service.drop();
    this.#clear(null);
    this.#health = "online";
    this.#service.changed();
  }

  state(): JsonObject {
    return {
      subject: this.#present,
      captured: this.#capture !== null,
      templates: this.#templates.identifiers,
    };
  }

  #handlers(): Handlers {
    return {
      "Biometric.Read": (request) => this.#read(request),
      "Biometric.Import": (request) => this.#import(request),
      "Biometric.Match": (request) => this.#compare(request),
      "Biometric.SetMatch": (request) => {
        const { compareMode, identifier, threshold } = request.payload;
        if (compareMode === "identity") return request.fail("modeNotSupported");
        if (this.#identifiers.length === 0) return request.fail("noImportedData");
        if (identifier === undefined || this.#templates.referenceOf(identifier) === undefined) {
          return request.fail("invalidIdentifier");
        }
        this.#match = { identifier, threshold: threshold ?? null };
        request.succeed();
      },
      "Biometric.GetStorageInfo": (request) => {
        const identifiers = this.#identifiers;
        if (identifiers.length === 0) return request.fail("noImportedData");
        request.succeed({ templates: Object.fromEntries(identifiers.map((id) => [id, TEMPLATE])) });
      },
      "Biometric.SetDataPersistence": (request) => {
        if (request.payload.persistenceMode === "persist") return request.fail("modeNotSupported");
        request.succeed();
      },
      "Biometric.Clear": (request) => {
        this.#clear(request.payload.clearData ?? null);
        request.succeed();
        this.#service.changed();
      },
      "Biometric.Reset": (request) => {
        this.#clear(request.payload.clearData ?? null);
        this.#health = "online";
        request.succeed();
        this.#service.changed();
      },
    };
  }

  /** Of the templates that can be found. */
  get #identifiers(): readonly string[] {
    return this.#active.has("C22") ? [] : this.#templates.identifiers;
  }

  #read(request: Read): void {
    const { dataTypes = [], mode = "scan" } = request.payload;
    const unknown = dataTypes.some(({ format }) => (format ?? FORMAT) !== FORMAT);
    if (unknown) return request.fail("formatNotSupported");
    const named = dataTypes.some(({ keyName }) => keyName !== undefined);
    if (named || this.#active.has("C24")) return request.fail("keyNotFound");
    if (mode === "match" && this.#match === null) return request.fail("modeNotSupported");
    request.interruptible(() => {});
    this.#forgetCapture();
    request.event("Biometric.PresentSubjectEvent", {});
    this.#look(request, 0);
  }

  /** Exposes, judges, and looks again while nobody can be judged. */
  #look(request: Read, looks: number): void {
    const { look_again_ms } = this.#profile.timeouts;
    if (!this.#options.works()) return request.refuse("hardwareError", "the camera does not work");
    if (!this.#present) {
      request.after(milliseconds(look_again_ms), () => this.#look(request, looks));
      return;
    }
    const frames: FrameSet[] = [];
    const expose = () => {
      // Whoever has gone, or cannot be seen any more, is waited for, and looked at from the beginning.
      if (!this.#present || !this.#options.works()) return this.#look(request, looks);
      frames.push(this.#options.expose());
      if (frames.length < EXPOSURES) return void request.after(milliseconds(look_again_ms), expose);
      const capture = `biometric-${++this.#captures}`;
      this.#ask(request, { op: "assess", capture, frames }, frames.length, (result) => {
        if (result.op === "assess") this.#judged(request, looks, result);
      });
    };
    request.after(milliseconds(this.#profile.camera.exposure_ms), expose);
  }

  #judged(request: Read, looks: number, result: Extract<FaceResult, { op: "assess" }>): void {
    switch (result.verdict) {
      case "unusable":
        if (looks + 1 >= LOOKS_MAX) return request.fail("readFailed", {}, result.problem ?? "");
        return this.#look(request, looks + 1);
      case "injected":
      case "presentation_attack":
        this.#health = "fraudAttempt";
        this.#service.unsolicited("Common.ErrorEvent", {
          eventId: "fraudAttempt",
          action: "reset",
          vendorDescription: "presentation attack",
        });
        request.refuse("fraudAttempt", "what was presented is not a living face");
        return this.#service.changed();
      case "live":
        request.event("Biometric.SubjectDetectedEvent", {});
        this.#capture = result.capture;
        request.succeed(
          request.payload.mode === "match"
            ? {}
            : { dataRead: [{ type: TEMPLATE, data: this.#templates.seal(result.capture) }] },
        );
        return this.#service.changed();
    }
  }

  #import(request: DeviceRequest<"Biometric.Import">): void {
    const { templates } = request.payload;
    if (templates.some(({ type }) => (type?.format ?? FORMAT) !== FORMAT)) {
      return request.fail("formatNotSupported");
    }
    if (this.#active.has("C24")) return request.fail("keyNotFound");
    if (this.#active.has("C21") || templates.length > this.#templates.free) {
      return request.fail("capacityExceeded");
    }
    const captures = templates.map(({ data }) =>
      data === undefined ? null : this.#templates.open(data)
    );
    if (captures.length === 0 || captures.includes(null)) return request.fail("invalidData");
    const kept: string[] = [];
    const next = () => {
      const capture = captures[kept.length];
      if (capture === undefined || capture === null) {
        const stored = kept.map((reference) =>
          [this.#templates.keep(reference), TEMPLATE] as const
        );
        request.succeed({ templates: Object.fromEntries(stored) });
        return this.#service.changed();
      }
      const reference = `biometric:${capture}/${kept.length}`;
      this.#ask(request, { op: "enrol", capture, reference }, 0, () => {
        kept.push(reference);
        next();
      });
    };
    next();
  }

  #compare(request: DeviceRequest<"Biometric.Match">): void {
    const { compareMode, identifier = this.#match?.identifier } = request.payload;
    const threshold = request.payload.threshold ?? this.#match?.threshold ?? null;
    if (compareMode === "identity") return request.fail("modeNotSupported");
    if (this.#identifiers.length === 0) return request.fail("noImportedData");
    const reference = this.#templates.referenceOf(identifier ?? "");
    if (identifier === undefined || reference === undefined) {
      return request.fail("invalidIdentifier");
    }
    if (this.#capture === null) return request.fail("noCaptureData");
    this.#ask(request, { op: "verify", capture: this.#capture, reference }, 0, (result) => {
      if (result.op !== "verify" || result.score === null) return request.fail("noImportedData");
      const confidenceLevel = Math.round(100 * Math.max(0, result.score));
      const matches = threshold === null
        ? result.verdict === "match"
        : confidenceLevel >= threshold;
      request.succeed({ candidates: matches ? { [identifier]: { confidenceLevel } } : {} });
    });
  }

  /**
   * Asks `core/face`. The answer is heard after the time the profile gives it, and after the real work
   * is done, whichever is later; a request that is over by then hears nothing.
   */
  #ask(
    request: DeviceRequest,
    asked: FaceRequest,
    frames: number,
    heard: (result: FaceResult) => void,
  ): void {
    const { detect_ms, liveness_ms, embed_ms } = this.#profile.inference;
    const due = this.#surroundings.now() +
      milliseconds(1 + frames * (detect_ms + liveness_ms + embed_ms));
    const answered = (result: FaceResult) => {
      if (!request.open) return;
      request.after(micros(Math.max(0, due - this.#surroundings.now())), () => heard(result));
    };
    this.#options.face.handle(asked).then(answered, (error: unknown) => {
      if (request.open) request.refuse("internalError", String(error));
    });
  }

  #clear(what: Cleared | null): void {
    if (what === null || what === "scannedData") this.#forgetCapture();
    if (what === null || what === "importedData") {
      for (const reference of this.#templates.clearImported()) {
        this.#options.face.deleteReference(reference);
      }
    }
    if (what === null || what === "setMatchedData") this.#match = null;
    this.#service.unsolicited(
      "Biometric.DataClearedEvent",
      what === null ? {} : { clearData: what },
    );
  }

  #forgetCapture(): void {
    const capture = this.#capture;
    this.#capture = null;
    this.#templates.clearScanned();
    if (capture !== null) void this.#options.face.handle({ op: "forget", capture });
  }
}

const FORMAT = "reservedTemplate1";
const TEMPLATE = { format: FORMAT } as const;
