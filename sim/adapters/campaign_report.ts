/** Reports of campaigns: what their files are called, and read from them to be merged. */
import * as z from "zod";
import { CAMPAIGN_PROFILES, type CampaignReport, hashOf } from "../campaign/mod.ts";
import { firstProblem, InputError, planSchema } from "../plan/mod.ts";
import { readText } from "./files.ts";

const count = z.int().min(0);
const counts = z.record(z.string(), count);

const reportSchema = z.strictObject({
  schema: z.literal(1),
  seed: count,
  profile: z.enum(CAMPAIGN_PROFILES),
  mutant: z.string().nullable(),
  machine: z.string(),
  people: count,
  from: count,
  asked: count,
  shard: z.tuple([z.int().min(1), z.int().min(1)])
    .refine(([part, of]) => part <= of, "must be [i, n] with i from 1 to n"),
  runs: count,
  sessions: count,
  recorded: count,
  rendered: count,
  runs_per_second: z.number().min(0),
  runs_per_second_warm: z.number().min(0).nullable(),
  failures: z.array(z.strictObject({
    oracle: z.string(),
    sentence: z.string(),
    finding: z.string(),
    index: count,
    plan: planSchema,
  })),
  broken: counts,
  sometimes: counts,
  never_reached: z.array(z.string()),
  coverage: counts,
  fingerprint: count,
  report_hash: z.string(),
});

/** Which runs of which search it tells of: another's is never written over it. */
export function nameOfReport(report: CampaignReport): string {
  const { seed, profile, mutant, machine, people, from, asked, shard: [part, of] } = report;
  const search = `campaign-${profile}-${seed}-${machine}-${people}people`;
  return `${search}${mutant === null ? "" : `-${mutant}`}-${from}to${from + asked - 1}` +
    (of > 1 ? `-${part}of${of}` : "");
}

/** @throws {InputError} naming the file and what of it is not a report's */
export async function readReport(file: string): Promise<CampaignReport> {
  const text = await readText(file, "report");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError({ file, field: "", message: "is not JSON" });
  }
  const parsed = reportSchema.safeParse(value);
  if (!parsed.success) {
    const { field, message } = firstProblem(parsed.error, file);
    const remedy = "this is not a campaign's report (--format json, or --out)";
    throw new InputError({ file, field, message: `${message}: ${remedy}` });
  }
  const report = parsed.data;
  if (report.report_hash === hashOf(report)) return report;
  const message = "is another report's: this one was changed; take it as the campaign wrote it";
  throw new InputError({ file, field: "report_hash", message });
}
