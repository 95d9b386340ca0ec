/** Reads from the disk what was appended to the segments since the last time. */

import { count } from './blocks.js';
import { entries, result, transact } from './db.js';

/**
 * Frames written since a generation and key, and where all are read, how many visits there should be.
 * @param {IDBDatabase} db
 * @param {number} generation
 * @param {number} seen
 */
export async function fetchFrames(db, generation, seen) {
  // Not the records: who packs them holds nobody up that asks.
  const { totals, ...fresh } = await transact(db, ['segments', 'notes'], 'readonly', async (store) => {
    const all = () => entries(store('segments'));
    const newer = () => entries(store('segments'), IDBKeyRange.lowerBound(seen, true));
    // All at once: no answer waits for another.
    const [now, first, totals] = await Promise.all([
      result(store('notes').get('generation')),
      generation < 0 ? all() : newer(),
      result(store('notes').get('totals')),
    ]);
    const again = (now ?? 0) !== generation;
    return { generation: now ?? 0, again, totals, rows: again && generation >= 0 ? await all() : first };
  });
  // Written with every change; counting tens of thousands takes a while.
  const counted = () => transact(db, ['records', 'blocks'], 'readonly', count);
  return { ...fresh, records: fresh.again ? (totals?.count ?? (await counted())) : 0 };
}
