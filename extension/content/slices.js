/** Long work done in slices, between which the page goes on. */

/** How long one slice may hold the page, in milliseconds. */
export const SLICE = 10;

/** Lets the page work between two slices: its own tasks that wait have their turn first. @returns {Promise<unknown>} */
export function breath() {
  const { scheduler } = /** @type {{ scheduler?: { postTask?: (task: () => void) => Promise<void> } }} */ (
    globalThis
  );
  return scheduler?.postTask ? scheduler.postTask(() => undefined) : new Promise((done) => setTimeout(done));
}
