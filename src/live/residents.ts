import type { Opening } from './open-resident.ts';
import type { Resident } from './resident.ts';

/**
 * The resources of a thread. To read what was saved of one takes milliseconds, and there may be ten thousand: so each
 * is opened when somebody asks for it, and the others one by one between turns.
 */
export interface Residents {
  /** Those that are open, by key. */
  readonly open: ReadonlyMap<string, Resident>;
  /** Opens it where that was not done yet; undefined: there is none. */
  get(key: string): Resident | undefined;
  /** @param opened called when it was opened */
  add(opening: Opening, opened: (resident: Resident) => void): void;
  /** Opens it at once, in place of one that was open. */
  replace(opening: Opening): void;
  remove(key: string): void;
  /** Opens one that waits; false when none does. */
  openOne(): boolean;
}

export function createResidents(make: (opening: Opening) => Resident): Residents {
  const open = new Map<string, Resident>();
  const waiting = new Map<string, () => Resident>();

  function openNow(opening: Opening): Resident {
    const resident = make(opening);
    open.set(resident.resource.key, resident);
    return resident;
  }

  function get(key: string): Resident | undefined {
    const opening = waiting.get(key);
    waiting.delete(key);
    return opening === undefined ? open.get(key) : opening();
  }

  return {
    open,
    get,
    add(opening, opened) {
      waiting.set(opening.plan.resource.key, () => {
        const resident = openNow(opening);
        opened(resident);
        return resident;
      });
    },
    replace: (opening) => void openNow(opening),
    remove(key) {
      waiting.delete(key);
      open.get(key)?.judgement.close();
      open.delete(key);
    },
    openOne() {
      const [key] = waiting.keys();
      return key !== undefined && get(key) !== undefined;
    },
  };
}
