/** Failures that follow each other within so long are one matter, milliseconds. */
const WINDOW_MS = 10 * 60_000;
/** Failures from which somebody is guessing. */
const GUESSING = 10;
/** Sources and names that are watched at a time; of more, the one that was quiet for longest is forgotten. */
const MOST = 5000;
const MOST_NAMES = 20;
/** Stands for the address of who came over the server's own socket. */
export const THIS_MACHINE = 'this machine';

/** One attempt to sign in as somebody. */
export interface SignInAttempt {
  name: string;
  /** Absent: over the server's own socket. */
  address?: string;
  isSuccess: boolean;
  /** Milliseconds since the epoch. */
  time: number;
}

/** Somebody guesses at passwords or secrets. */
export interface SignInGuessing {
  /** The address that it comes from, or the name that is guessed at from many. */
  by: 'address' | 'name';
  key: string;
  names: readonly string[];
  addresses: readonly string[];
  failures: number;
  firstTime: number;
  lastTime: number;
  /** Who got in at last. */
  succeededAs?: string;
}

interface Matter extends SignInGuessing {
  names: string[];
  addresses: string[];
  /** Failures at which it is told again. */
  tellAt: number;
}

/** Sees guessing at the server itself. Everything is bounded: names and addresses are the guesser's choice. */
export interface SignInWatch {
  /** What is to be told now: when it begins, whenever it has doubled, and when somebody got in. */
  note(attempt: SignInAttempt): SignInGuessing[];
}

export function createSignInWatch(): SignInWatch {
  const matters = new Map<string, Matter>();

  function matterOf(by: SignInGuessing['by'], key: string, time: number): Matter {
    const id = `${by} ${key}`;
    const known = matters.get(id);
    matters.delete(id); // the order tells which was quiet for longest
    const isOver = known === undefined || time - known.lastTime > WINDOW_MS;
    const fresh = { by, key, names: [], addresses: [], failures: 0, firstTime: time, lastTime: time, tellAt: GUESSING };
    const matter = isOver ? fresh : known;
    if (matters.size >= MOST) {
      matters.delete(matters.keys().next().value!);
    }
    matters.set(id, matter);
    return matter;
  }

  function noteIn(matter: Matter, { name, address, isSuccess, time }: SignInAttempt): boolean {
    if (isSuccess) {
      matters.delete(`${matter.by} ${matter.key}`);
      matter.succeededAs = name;
      matter.lastTime = time;
      return matter.failures >= GUESSING;
    }
    matter.failures++;
    matter.lastTime = time;
    remember(matter.names, name);
    remember(matter.addresses, address ?? THIS_MACHINE);
    if (matter.failures < matter.tellAt) {
      return false;
    }
    matter.tellAt = 2 * matter.failures;
    return true;
  }

  return {
    note(attempt) {
      const name = attempt.name.toLowerCase().slice(0, 100);
      const ofAddress = matterOf('address', attempt.address ?? THIS_MACHINE, attempt.time);
      const ofName = matterOf('name', name, attempt.time);
      const told = noteIn(ofAddress, { ...attempt, name });
      const toldOfName = noteIn(ofName, { ...attempt, name });
      // what comes from one address is told as that
      return told ? [{ ...ofAddress }] : toldOfName && ofName.addresses.length > 1 ? [{ ...ofName }] : [];
    },
  };
}

function remember(list: string[], text: string): void {
  if (!list.includes(text) && list.length < MOST_NAMES) {
    list.push(text);
  }
}
