/**
 * Long work done in slices, between which the page goes on.
 *
 * What a browser does in one go is not ours to slice. For any new sheet, also one without a rule,
 * Chromium looks at every element: 40 ms on a page of 264,000 nodes. To stop displaying 66,000 of a
 * list's items by `content-visibility`, its quickest way, is 65 ms there. Each such step has a task of
 * its own. The test of large pages measures the first beside the whole.
 */

/** How long one slice may hold the page, in milliseconds. */
export const SLICE = 10;

/** Lets the page work between two slices: its own tasks that wait have their turn first. */
export async function breath() {
  const { scheduler } = /** @type {{ scheduler?: { postTask?: (task: () => void) => Promise<void> } }} */ (
    globalThis
  );
  if (!scheduler?.postTask) {
    await new Promise((done) => setTimeout(done));
    return;
  }
  await scheduler.postTask(() => undefined);
  // Timers that fell due during the slice are queued after it, so behind that task, and before this one.
  await scheduler.postTask(() => undefined);
}
