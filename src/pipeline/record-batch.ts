import { HeldRecords } from './held-records.ts';
import type { Member } from './resource-router.ts';
import type { SourceStream } from './source-stream.ts';

/**
 * Has records of shared streams wait until there are several of a resource. What is known of one resource lies far from
 * what is known of the next: judged in turns, each record would wait for memory.
 */
export interface RecordBatch {
  /** Judges the record in view of a stream, or has it wait. Those of one resource stay in their order. */
  accept(stream: SourceStream, member: Member): void;
  /** Judges what waits of one resource. */
  judge(member: Member): void;
  /** To be called before a stream loads bytes: what these would take the place of is judged. */
  beforeLoad(stream: SourceStream): void;
  /** Judges all that waits. */
  judgeAll(): void;
}

export function createRecordBatch(): RecordBatch {
  const held = new HeldRecords();
  const streams = new Set<SourceStream>();
  /** Got records since bytes last left memory. */
  let touched: Member[] = [];

  function accept(stream: SourceStream, member: Member): void {
    if (!member.isTouched) {
      member.isTouched = true;
      touched.push(member);
    }
    if (stream.reader.isSelfContained?.() === true) {
      member.waiting.push(held.add(stream));
      if (held.isFull) {
        judgeAll();
      }
    } else {
      judge(member);
      member.receiver.accept(stream);
    }
  }

  function judge({ waiting, receiver }: Member): void {
    for (let i = 0; i < waiting.length; i++) {
      receiver.accept(held.show(waiting[i]!));
    }
    waiting.length = 0;
  }

  function judgeAll(): void {
    for (const member of touched) {
      judge(member);
      member.receiver.leave();
      member.isTouched = false;
    }
    touched = [];
    held.clear();
    for (const stream of streams) {
      stream.keepBytes();
    }
  }

  return {
    accept,
    judge,
    beforeLoad(stream) {
      streams.add(stream);
      if (held.count === 0 || !stream.mayAdd()) {
        judgeAll();
      }
    },
    judgeAll,
  };
}
