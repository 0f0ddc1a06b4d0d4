import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Journal, openJournal } from '../journal/journal.ts';
import type { IntakePlan } from '../pipeline/plan.ts';

/** Characters of an input's hash in the name of its folder. */
const HASH_CHARACTERS = 16;

/** The journals of all inputs that are no files. */
export interface Journals {
  /** Opened when first asked for. */
  of(plan: IntakePlan): Promise<Journal>;
  close(): Promise<void>;
}

/** @param directory of all of them: `data/journal` */
export function openJournals(directory: string, note: (text: string) => void): Journals {
  const opened = new Map<string, Promise<Journal>>();

  async function open({ source, id }: IntakePlan): Promise<Journal> {
    const hash = createHash('sha256').update(id).digest('hex').slice(0, HASH_CHARACTERS);
    const journal = await openJournal({ directory: join(directory, source, hash) });
    for (const problem of journal.problems) {
      note(problem);
    }
    return journal;
  }

  return {
    of(plan) {
      const journal = opened.get(plan.id) ?? open(plan);
      opened.set(plan.id, journal);
      return journal;
    },
    async close() {
      await Promise.all([...opened.values()].map(async (journal) => (await journal).close()));
    },
  };
}
