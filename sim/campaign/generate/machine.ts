/** The machine a run is tried on: the profile as it is, or with other policies, fewer notes, a worse line. */
import type { RandomStream } from "../../../core/numeric/mod.ts";
import { FLOWS, type Profile } from "../../../devices/mod.ts";

type Change = (stream: RandomStream, profile: Profile) => Profile;

/** Each with its chance; several can come together. */
const CHANGES: readonly (readonly [number, Change])[] = [
  [0.25, (_, profile) => withPolicies(profile, { retract_credit: true })],
  [0.25, (_, profile) => withPolicies(profile, { dispense_tokens: "required" })],
  [0.06, (_, profile) => withPolicies(profile, { message_mac: "required" })],
  [0.06, (_, profile) => withPolicies(profile, { first_use: "card_present_enrollment" })],
  [0.04, (_, profile) => withPolicies(profile, { frame_seals: "required" })],
  [0.25, (stream, profile) => ({ ...profile, flow: [...stream.pick(FLOWS)] })],
  [0.15, fewNotes],
  [0.15, smallLimits],
  [0.08, smallBins],
  [0.1, otherPace],
  [0.15, (stream, profile) => ({
    ...profile,
    network: { ...profile.network, loss: stream.integer(1, 20) / 100 },
  })],
];

export function drawMachine(stream: RandomStream, profile: Profile): Profile {
  return CHANGES.reduce(
    (drawn, [chance, change]) => stream.uniform() < chance ? change(stream, drawn) : drawn,
    profile,
  );
}

function withPolicies(profile: Profile, policies: Partial<Profile["policies"]>): Profile {
  return { ...profile, policies: { ...profile.policies, ...policies } };
}

/** How long it waits and how fast it is: its owner's word. */
function otherPace(stream: RandomStream, profile: Profile): Profile {
  const take_timeout_s = stream.integer(10, 60);
  // No machine is built so slow that its owner could not promise the cash in thirty seconds.
  const pick_ms = stream.integer(60, 200);
  return {
    ...profile,
    dispenser: { ...profile.dispenser, pick_ms, take_timeout_s, hurry_after_s: 5 },
    keypad: { ...profile.keypad, entry_timeout_s: stream.integer(10, 60) },
    timeouts: { ...profile.timeouts, idle_s: stream.integer(10, 60) },
  };
}

function fewNotes(stream: RandomStream, profile: Profile): Profile {
  const cassettes = profile.cassettes.map((cassette) => ({
    ...cassette,
    count: stream.integer(0, 12),
  }));
  return { ...profile, cassettes };
}

function smallLimits(stream: RandomStream, profile: Profile): Profile {
  const per_day_yuan = stream.pick([500, 1_000, 2_000]);
  const limits = {
    ...profile.limits,
    per_day_yuan,
    per_day_count: stream.integer(1, 3),
    face_refusals: stream.integer(1, 4),
    pin_tries: stream.integer(2, 4),
  };
  return { ...profile, limits };
}

function smallBins(stream: RandomStream, profile: Profile): Profile {
  const capacity = stream.integer(1, 12);
  const high_above = capacity;
  return {
    ...profile,
    reject_bin: { ...profile.reject_bin, capacity, high_above },
    retract_bin: { ...profile.retract_bin, capacity, high_above, max_retracts: 1 },
  };
}
