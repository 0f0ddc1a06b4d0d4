/** Writers whose counters are remembered; processes come and go, the longest silent ones are forgotten. */
const MAX_WRITERS = 10_000;
/** A leap that is longer is another counter. */
const MAX_MISSING = 1_000_000;

/** Finds out of numbered messages how many did not come. */
export interface SequenceWatch {
  /** How many are missing before this one. */
  missingBefore(writer: string, number: number): number;
}

export function createSequenceWatch(): SequenceWatch {
  const lastOf = new Map<string, number>();
  return {
    missingBefore(writer, number) {
      const last = lastOf.get(writer);
      lastOf.delete(writer);
      lastOf.set(writer, number);
      if (lastOf.size > MAX_WRITERS) {
        lastOf.delete(lastOf.keys().next().value!);
      }
      const missing = last === undefined ? 0 : number - last - 1;
      return missing > 0 && missing < MAX_MISSING ? missing : 0;
    },
  };
}
