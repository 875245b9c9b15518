/**
 * Auxiliaries: the sensors, doors, indicators and switches around the machine.
 *
 * @module
 */
import * as z from "zod";
import type { CommandTable } from "./interface.ts";
import { flags, nothing } from "./values.ts";

const door = z.enum(["closed", "open", "locked", "bolted", "tampered"]);

const doorCaps = flags("closed", "open", "locked", "bolted", "tampered");

export const auxiliariesCapabilities = z.strictObject({
  operatorSwitch: flags("run", "maintenance", "supervisor"),
  tamperSensor: z.boolean(),
  internalTamperSensor: z.boolean(),
  seismicSensor: z.boolean(),
  heatSensor: z.boolean(),
  proximitySensor: z.boolean(),
  ambientLightSensor: z.boolean(),
  enhancedAudioSensor: flags("manual", "auto", "semiAuto", "bidirectional"),
  bootSwitchSensor: z.boolean(),
  consumerDisplaySensor: z.boolean(),
  operatorCallButtonSensor: z.boolean(),
  handsetSensor: flags("manual", "auto", "semiAuto", "microphone"),
  headsetMicrophoneSensor: flags("manual", "auto", "semiAuto"),
  fasciaMicrophoneSensor: z.boolean(),
  cabinetDoor: doorCaps,
  safeDoor: doorCaps,
  vandalShield: flags("closed", "open", "locked", "service", "keyboard", "tampered"),
  frontCabinet: doorCaps,
  rearCabinet: doorCaps,
  leftCabinet: doorCaps,
  rightCabinet: doorCaps,
  openCloseIndicator: z.boolean(),
  audio: z.boolean(),
  heating: z.boolean(),
  consumerDisplayBacklight: z.boolean(),
  signageDisplay: z.boolean(),
  volume: z.number().int().min(1).max(1000),
  ups: flags("low", "engaged", "powering", "recovered"),
  audibleAlarm: z.boolean(),
  enhancedAudioControl: flags("headsetDetection", "modeControllable"),
  enhancedMicrophoneControl: flags("headsetDetection", "modeControllable"),
  microphoneVolume: z.number().int().min(1).max(1000),
  autoStartupMode: flags("specific", "daily", "weekly"),
}).partial();

const audioState = z.strictObject({
  rate: z.enum(["on", "off", "continuous"]),
  signal: z.enum(["keypress", "exclamation", "warning", "error", "critical"]),
}).partial();

const upsState = flags("low", "engaged", "powering", "recovered");

export const auxiliariesStatus = z.strictObject({
  operatorSwitch: z.enum(["run", "maintenance", "supervisor"]),
  tamperSensor: z.enum(["on", "off"]),
  internalTamperSensor: z.enum(["on", "off"]),
  seismicSensor: z.enum(["on", "off"]),
  heatSensor: z.enum(["on", "off"]),
  proximitySensor: z.enum(["present", "notPresent"]),
  ambientLightSensor: z.enum(["veryDark", "dark", "mediumLight", "light", "veryLight"]),
  enhancedAudioSensor: z.enum(["present", "notPresent"]),
  bootSwitchSensor: z.enum(["off", "on"]),
  consumerDisplaySensor: z.enum(["off", "on", "displayError"]),
  operatorCallButtonSensor: z.enum(["off", "on"]),
  handsetSensor: z.enum(["onTheHook", "offTheHook"]),
  headsetMicrophoneSensor: z.enum(["present", "notPresent"]),
  fasciaMicrophoneSensor: z.enum(["off", "on"]),
  cabinetDoor: door,
  safeDoor: door,
  vandalShield: z.enum([
    "closed",
    "open",
    "locked",
    "service",
    "keyboard",
    "partiallyOpen",
    "jammed",
    "tampered",
  ]),
  cabinetFrontDoor: door,
  cabinetRearDoor: door,
  cabinetLeftDoor: door,
  cabinetRightDoor: door,
  openClosedIndicator: z.enum(["closed", "open"]),
  audio: audioState,
  heating: z.enum(["off", "on"]),
  consumerDisplayBacklight: z.enum(["off", "on"]),
  signageDisplay: z.enum(["off", "on"]),
  volume: z.number().int().min(1).max(1000),
  UPS: upsState,
  audibleAlarm: z.enum(["on", "off"]),
  enhancedAudioControl: z.enum([
    "publicAudioManual",
    "publicAudioAuto",
    "publicAudioSemiAuto",
    "privateAudioManual",
    "privateAudioAuto",
    "privateAudioSemiAuto",
  ]),
  enhancedMicrophoneControl: z.enum([
    "publicAudioManual",
    "publicAudioAuto",
    "publicAudioSemiAuto",
    "privateAudioManual",
    "privateAudioAuto",
    "privateAudioSemiAuto",
  ]),
  microphoneVolume: z.number().int().min(1).max(1000),
}).partial();

const systemTime = z.strictObject({
  year: z.number().int().min(1601).max(30827),
  month: z.number().int().min(1).max(12),
  dayOfWeek: z.enum(["saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"]),
  day: z.number().int().min(1).max(31),
  hour: z.number().int().min(0).max(23),
  minute: z.number().int().min(0).max(59),
}).partial();

export const auxiliariesCommands = {
  "Auxiliaries.ClearAutoStartupTime": {
    version: "2.0",
    payload: nothing,
    completion: { version: "2.0", payload: nothing },
  },
  "Auxiliaries.GetAutoStartupTime": {
    version: "2.0",
    payload: nothing,
    completion: {
      version: "2.0",
      payload: z.strictObject({
        mode: z.enum(["specific", "daily", "weekly"]),
        startTime: systemTime,
      }).partial(),
    },
  },
  "Auxiliaries.Register": {
    version: "2.0",
    payload: z.object({
      operatorSwitch: z.enum(["register", "deregister"]),
      tamperSensor: z.enum(["register", "deregister"]),
      internalTamperSensor: z.enum(["register", "deregister"]),
      seismicSensor: z.enum(["register", "deregister"]),
      heatSensor: z.enum(["register", "deregister"]),
      proximitySensor: z.enum(["register", "deregister"]),
      ambientLightSensor: z.enum(["register", "deregister"]),
      enhancedAudioSensor: z.enum(["register", "deregister"]),
      bootSwitchSensor: z.enum(["register", "deregister"]),
      consumerDisplaySensor: z.enum(["register", "deregister"]),
      operatorCallButtonSensor: z.enum(["register", "deregister"]),
      handsetSensor: z.enum(["register", "deregister"]),
      headsetMicrophoneSensor: z.enum(["register", "deregister"]),
      fasciaMicrophoneSensor: z.enum(["register", "deregister"]),
      cabinetDoor: z.enum(["register", "deregister"]),
      safeDoor: z.enum(["register", "deregister"]),
      vandalShield: z.enum(["register", "deregister"]),
      cabinetFront: z.enum(["register", "deregister"]),
      cabinetRear: z.enum(["register", "deregister"]),
      cabinetRight: z.enum(["register", "deregister"]),
      cabinetLeft: z.enum(["register", "deregister"]),
      openCloseIndicator: z.enum(["register", "deregister"]),
      audioIndicator: z.enum(["register", "deregister"]),
      heatingIndicator: z.enum(["register", "deregister"]),
      consumerDisplayBacklight: z.enum(["register", "deregister"]),
      signageDisplay: z.enum(["register", "deregister"]),
      volume: z.enum(["register", "deregister"]),
      ups: z.enum(["register", "deregister"]),
      audibleAlarm: z.enum(["register", "deregister"]),
      enhancedAudioControl: z.enum(["register", "deregister"]),
      enhancedMicrophoneControl: z.enum(["register", "deregister"]),
      microphoneVolume: z.enum(["register", "deregister"]),
    }).partial().catchall(z.enum(["register", "deregister"])),
    completion: {
      version: "2.0",
      payload: z.strictObject({ errorCode: z.enum(["invalidAuxiliary"]) }).partial(),
    },
  },
  "Auxiliaries.SetAutoStartupTime": {
    version: "2.0",
    payload: z.strictObject({
      mode: z.enum(["specific", "daily", "weekly"]),
      startTime: systemTime,
    }).partial(),
    completion: { version: "2.0", payload: nothing },
  },
  "Auxiliaries.SetAuxiliaries": {
    version: "2.0",
    payload: z.strictObject({
      cabinetDoors: z.enum(["bolt", "unbolt"]),
      safeDoor: z.enum(["bolt", "unbolt"]),
      vandalShield: z.enum(["closed", "open", "service", "keyboard"]),
      frontCabinetDoors: z.enum(["bolt", "unbolt"]),
      rearCabinetDoors: z.enum(["bolt", "unbolt"]),
      leftCabinetDoors: z.enum(["bolt", "unbolt"]),
      rightCabinetDoors: z.enum(["bolt", "unbolt"]),
      openClose: z.enum(["closed", "open"]),
      audio: z.strictObject({
        rate: z.enum(["on", "off", "continuous"]),
        signal: z.enum(["keypress", "exclamation", "warning", "error", "critical"]),
      }).partial(),
      heating: z.enum(["on", "off"]),
      consumerDisplayBackLight: z.enum(["on", "off"]),
      signageDisplay: z.enum(["on", "off"]),
      volume: z.number().int().min(1).max(1000),
      ups: z.enum(["engage", "disengage"]),
      audibleAlarm: z.enum(["off", "on"]),
      enhancedAudioControl: z.enum([
        "publicAudioManual",
        "publicAudioAuto",
        "publicAudioSemiAuto",
        "privateAudioManual",
        "privateAudioAuto",
        "privateAudioSemiAuto",
      ]),
      enhancedMicrophoneControl: z.enum([
        "publicAudioManual",
        "publicAudioAuto",
        "publicAudioSemiAuto",
        "privateAudioManual",
        "privateAudioAuto",
        "privateAudioSemiAuto",
      ]),
      microphoneVolume: z.number().int().min(1).max(1000),
    }).partial(),
    completion: {
      version: "2.0",
      payload: z.strictObject({ errorCode: z.enum(["invalidAuxiliary"]) }).partial(),
    },
  },
} as const satisfies CommandTable;
