/** The thread of a campaign's worker: tasks come in, answers go out, one after another. */
import { CampaignWorker, type Reply, type Task } from "./campaign_worker.ts";

/** This thread as the other side sees it. */
const side = globalThis as unknown as {
  onmessage: ((event: MessageEvent<Task>) => void) | null;
  postMessage(reply: Reply): void;
};

const worker = new CampaignWorker();

side.onmessage = async ({ data }) => {
  try {
    side.postMessage({ answer: await worker.do(data) });
  } catch (error) {
    side.postMessage({
      error: error instanceof Error ? error.stack ?? error.message : String(error),
    });
  }
};
