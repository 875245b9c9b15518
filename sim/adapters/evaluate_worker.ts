/** One of the workers of `models evaluate`: opens the models, meets the people it is given. */
import { type ObserveOptions, observePerson, SPLITS } from "../evaluate/mod.ts";
import { openLeftOut, openModels } from "./models.ts";
import type { Answered, Asked } from "./evaluate_people.ts";

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<Asked>) => void) | null;
  postMessage(answer: Answered): void;
};
let opened: Promise<ObserveOptions> | null = null;

async function open(
  { split, people, kin, attackers, pack, folder }: Asked,
): Promise<ObserveOptions> {
  const models = {
    ...(pack === undefined ? {} : { pack }),
    ...(folder === undefined ? {} : { folder: new URL(folder) }),
  };
  const pipeline = await openModels({ memo: 0, ...models });
  const left_out = await openLeftOut(pipeline, models);
  const told = attackers === undefined ? {} : { attackers };
  return { pipeline, split: SPLITS[split], people, kin, left_out, ...told };
}

scope.onmessage = async ({ data }) => {
  try {
    opened ??= open(data);
    scope.postMessage({ index: data.index, seen: await observePerson(await opened, data.index) });
  } catch (error) {
    const failure = error instanceof Error ? error.stack ?? error.message : String(error);
    scope.postMessage({ index: data.index, failure });
  }
};
