import type { Faults } from './faulty.ts';
import type { Probing } from './probing.ts';

/** One principal with one application, in which something looked like an injection. Plain data. */
export interface Suspect {
  principal: string;
  application: string;
  firstTime: number;
  /** What it had sent when it was last suspicious: statements, and kinds of them. */
  statements: number;
  shapes: number;
  /** What looks like an injection in the last minutes. */
  probing: Probing | undefined;
  /** Faulty statements of late. */
  faults: Faults | undefined;
  /** Faulty statements, masked, and when they were told. Kept since 0.1. */
  toldFaults?: Map<string, number>;
}
