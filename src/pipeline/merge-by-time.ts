import type { SourceStream } from './source-stream.ts';

/** A stream and what becomes of its records. */
export interface Inlet {
  stream: SourceStream;
  /**
   * Takes the record in view. Or says which other inlets must be read first, as far as their records are older: then
   * the record was not taken, and is offered again.
   */
  take(): Promise<readonly Inlet[]> | undefined;
}

/** An inlet in the queue, with its place among those of equal times. */
interface Waiting {
  inlet: Inlet;
  time: number;
  rank: number;
}

/**
 * Reads streams in the order of event time; of equal times, the one named first.
 *
 * @param beforeLoad called before bytes leave memory
 * @param afterLoad called when bytes have been read, and awaited
 */
export async function mergeByTime(
  inlets: readonly Inlet[],
  beforeLoad: (stream: SourceStream) => void,
  afterLoad: (stream: SourceStream) => Promise<void> | void,
): Promise<void> {
  const queue: Waiting[] = [];
  let rank = 0;

  async function open(more: readonly Inlet[]): Promise<void> {
    for (const inlet of more) {
      if (await advance(inlet.stream)) {
        queue.push({ inlet, time: inlet.stream.reader.view.time, rank: rank++ });
        siftUp(queue);
      }
    }
  }

  /** Goes to the next activity of a stream; false when it has none. */
  async function advance(stream: SourceStream): Promise<boolean> {
    while (!stream.isEnded) {
      beforeLoad(stream);
      await stream.load(); // never `next` twice without it
      await afterLoad(stream);
      if (stream.next()) {
        return true;
      }
    }
    return false;
  }

  await open(inlets);
  while (queue.length > 0) {
    const first = queue[0]!;
    const { stream } = first.inlet;
    const others = first.inlet.take();
    if (others !== undefined) {
      await open(await others);
    } else if (stream.next() || (await advance(stream))) {
      first.time = stream.reader.view.time;
      siftDown(queue);
    } else {
      removeFirst(queue);
    }
  }
}

function isBefore(a: Waiting, b: Waiting): boolean {
  return a.time < b.time || (a.time === b.time && a.rank < b.rank);
}

/** Moves the last one up to its place: the queue is a binary heap, the earliest first. */
function siftUp(queue: Waiting[]): void {
  let i = queue.length - 1;
  const moved = queue[i]!;
  for (let parent = (i - 1) >> 1; i > 0 && isBefore(moved, queue[parent]!); parent = (i - 1) >> 1) {
    queue[i] = queue[parent]!;
    i = parent;
  }
  queue[i] = moved;
}

/** Moves the first one down to its place. */
function siftDown(queue: Waiting[]): void {
  const moved = queue[0]!;
  let i = 0;
  for (let child = 1; child < queue.length; child = 2 * i + 1) {
    if (child + 1 < queue.length && isBefore(queue[child + 1]!, queue[child]!)) {
      child++;
    }
    if (!isBefore(queue[child]!, moved)) {
      break;
    }
    queue[i] = queue[child]!;
    i = child;
  }
  queue[i] = moved;
}

function removeFirst(queue: Waiting[]): void {
  const last = queue.pop()!;
  if (queue.length > 0) {
    queue[0] = last;
    siftDown(queue);
  }
}
