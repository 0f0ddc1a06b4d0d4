import type { Learned } from '../model/learned.ts';

/** A thread that is busy answers between two turns. */
const ANSWER_MS = 10_000;

type Answer = Record<string, Learned[]> | undefined;

/** What the main thread asked judging threads, and who waits for an answer. */
export interface Questions {
  /** Undefined where nobody answers in time. @param send sends a question of a number */
  ask(send: (question: number) => void): Promise<Answer>;
  answer(question: number, answer: Answer): void;
}

export function createQuestions(): Questions {
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  return {
    async ask(send) {
      const question = ++asked;
      const { promise, resolve } = Promise.withResolvers<Answer>();
      const timer = setTimeout(() => resolve(undefined), ANSWER_MS);
      waiting.set(question, resolve);
      send(question);
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
        waiting.delete(question);
      }
    },
    answer: (question, answer) => waiting.get(question)?.(answer),
  };
}
