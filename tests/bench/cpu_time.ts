/**
 * Processor time of this process: what a benchmark tells where others share the machine.
 *
 * Whoever works on the same core's other thread slows it still: the quickest tenth is nearest to what a
 * core of one's own takes.
 */
import process from "node:process";

/** Calls `work` so many times and prints in one line what processor time the calls took. */
export async function tellCpuTime(
  what: string,
  rounds: number,
  work: (round: number) => unknown,
): Promise<void> {
  const spent: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await work(round);
    const { user, system } = process.cpuUsage(before);
    spent.push((user + system) / 1000);
  }
  spent.sort((a, b) => a - b);
  const at = (part: number) => `${spent[Math.floor(part * rounds)]!.toFixed(1)} ms`;
  const shown = rounds === 1
    ? at(0)
    : `${at(0.1)} at best (10th percentile), median ${at(0.5)}, 95th ${at(0.95)}, of ${rounds}`;
  console.log(`processor time, ${what}: ${shown}`);
}
