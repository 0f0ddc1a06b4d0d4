/** Bytes of the memory that a journal's writer shares with its readers in other threads. */
const BYTES = 64;
/** 64-bit places: what is published, and from which segment on the reader still needs something. */
const SEGMENT = 0;
const LENGTH = 1;
const NEEDED = 2;
/** 32-bit places that change whenever something was published or released. */
const PUBLISHED = 8;
const RELEASED = 9;

/** How far a journal may be read, and from where on it is still needed. */
export interface SharedMarks {
  readonly memory: SharedArrayBuffer;
  /** The last readable segment and how many of its bytes; the segments before it are complete. */
  published(): { segment: number; length: number };
  publish(segment: number, length: number): void;
  /** The first segment that is still needed. */
  needed(): number;
  /** Segments before this one are not needed any more. */
  release(segment: number): void;
  /** Calls back at once and after changes, until it is told to stop. */
  onPublished(callback: () => void): () => void;
  onReleased(callback: () => void): () => void;
}

/** @param memory of the writer; absent: new */
export function sharedMarks(memory = new SharedArrayBuffer(BYTES)): SharedMarks {
  const places = new BigInt64Array(memory);
  const signals = new Int32Array(memory);
  const load = (place: number) => Number(Atomics.load(places, place));

  function signal(place: number): void {
    Atomics.add(signals, place, 1);
    Atomics.notify(signals, place);
  }

  function watch(place: number, callback: () => void): () => void {
    let isOver = false;
    const follow = async (): Promise<void> => {
      while (!isOver) {
        const seen = Atomics.load(signals, place);
        callback();
        await Atomics.waitAsync(signals, place, seen).value;
      }
    };
    queueMicrotask(() => void follow());
    return () => {
      isOver = true;
      Atomics.notify(signals, place); // lets go of the waiter; others just wait again
    };
  }

  return {
    memory,
    published() {
      for (;;) {
        const segment = load(SEGMENT);
        const length = load(LENGTH);
        if (segment === load(SEGMENT)) {
          return { segment, length };
        }
      }
    },
    publish(segment, length) {
      if (segment !== load(SEGMENT)) {
        Atomics.store(places, LENGTH, 0n); // whoever reads in between sees less, never more
        Atomics.store(places, SEGMENT, BigInt(segment));
      }
      Atomics.store(places, LENGTH, BigInt(length));
      signal(PUBLISHED);
    },
    needed: () => load(NEEDED),
    release(segment) {
      if (segment > load(NEEDED)) {
        Atomics.store(places, NEEDED, BigInt(segment));
        signal(RELEASED);
      }
    },
    onPublished: (callback) => watch(PUBLISHED, callback),
    onReleased: (callback) => watch(RELEASED, callback),
  };
}
