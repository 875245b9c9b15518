/**
 * `kill -9` of a bank under load. A few deaths here; `deno task kill-bank` does two hundred and says
 * how much was acknowledged in between.
 */
import assert from "node:assert/strict";
import { askUntilDeath, Chance, judge, settle, startBank, Witness } from "./bank_kill.ts";

const KILLS = Number(Deno.env.get("BANK_KILLS") ?? 5);
/** A ledger lives through so many deaths; then another begins, so that limits do not end the load. */
const LIVES = 10;
const SEED = 20171229;

interface Figures {
  kills: number;
  answers: number;
  paid: number;
  reversed: number;
  unknown: number;
  entries: number;
}

async function livesOf(file: string, lives: number, seed: number, figures: Figures): Promise<void> {
  const witness = new Witness();
  const chance = new Chance(seed);
  for (let life = 0; life < lives; life++) {
    const bank = await startBank(file);
    if (life > 0) await settle(bank.port, witness, life);
    const load = askUntilDeath(bank.port, witness, chance, life);
    // Anywhere from the first message to some hundreds later.
    await new Promise((resolve) => setTimeout(resolve, chance.integer(0, 120)));
    await bank.kill();
    await load;
    figures.kills++;
    figures.unknown += witness.unknown().length;
    judge(file, witness);
  }
  const last = await startBank(file);
  await settle(last.port, witness, lives);
  await last.kill();
  figures.entries += judge(file, witness).entries;
  figures.answers += witness.answers;
  figures.paid += witness.paid.size;
  figures.reversed += witness.reversed.size;
}

Deno.test(`bank: ${KILLS} times killed under load, it keeps every word it gave`, async () => {
  const folder = await Deno.makeTempDir();
  const figures = { kills: 0, answers: 0, paid: 0, reversed: 0, unknown: 0, entries: 0 };
  try {
    for (let done = 0; done < KILLS; done += LIVES) {
      const lives = Math.min(LIVES, KILLS - done);
      await livesOf(`${folder}/bank-${done}.db`, lives, SEED + done, figures);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  assert(figures.paid > KILLS, "there was a load");
  if (Deno.env.has("BANK_KILLS")) console.log(figures);
});
