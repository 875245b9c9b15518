/** The thread of a campaign's worker: calls come in, replies go out, one after another. */
import { type Call, CampaignWorker, type Reply } from "./campaign_worker.ts";

/** This thread as the other side sees it. */
const side = globalThis as unknown as {
  onmessage: ((event: MessageEvent<Call>) => void) | null;
  postMessage(reply: Reply | { readonly error: string }): void;
};

const worker = new CampaignWorker();

side.onmessage = async ({ data }) => {
  try {
    side.postMessage(await worker.hear(data));
  } catch (error) {
    side.postMessage({
      error: error instanceof Error ? error.stack ?? error.message : String(error),
    });
  }
};
