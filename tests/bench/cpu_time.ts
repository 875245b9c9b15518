/** Processor time of this process: what a benchmark tells where others share the machine. */
import process from "node:process";

/** Milliseconds of processor time that each of `rounds` calls took: their median and 95th percentile. */
export async function cpuTime(
  rounds: number,
  work: (round: number) => unknown,
): Promise<{ median_ms: number; p95_ms: number }> {
  const spent: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await work(round);
    const { user, system } = process.cpuUsage(before);
    spent.push((user + system) / 1000);
  }
  spent.sort((a, b) => a - b);
  const at = (part: number) => spent[Math.floor(part * rounds)]!;
  return { median_ms: at(0.5), p95_ms: at(0.95) };
}

/** One line of it. */
export async function tellCpuTime(
  what: string,
  rounds: number,
  work: (round: number) => unknown,
): Promise<void> {
  const { median_ms, p95_ms } = await cpuTime(rounds, work);
  const [median, p95] = [median_ms, p95_ms].map((ms) => `${ms.toFixed(1)} ms`);
  console.log(`processor time, ${what}: median ${median}, 95th percentile ${p95} of ${rounds}`);
}
