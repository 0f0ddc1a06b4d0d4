import type { Intake, IntakeStatus, Refusal } from './intake.ts';
import type { Gap } from './source.ts';

/** Reasons are sentences of our own, so few; this holds whatever else happens. */
const MAX_REASONS = 50;
/** Gaps that nobody asks for are summed up. */
const MAX_GAPS = 100;
const EXAMPLE_CHARACTERS = 200;

/** What an intake counts of itself. */
export interface Tally extends Pick<Intake, 'status' | 'takeGaps'> {
  took(messages: number, bytes: number): void;
  refuse(reason: string, example: string | Uint8Array): void;
  lost(gap: Omit<Gap, 'noticed'>): void;
  /** All is well again, or what is wrong from now on. */
  isRunning(): void;
  isWaiting(state: 'waiting' | 'refused', problem: string, retryTime?: number): void;
}

export function createTally(now: () => number = Date.now): Tally {
  const refused: Record<string, Refusal> = {};
  const gaps: Gap[] = [];
  const status: IntakeStatus = { state: 'running', problem: '', bytes: 0, messages: 0, refused };

  return {
    status: () => structuredClone(status),
    takeGaps: () => gaps.splice(0),
    took(messages, bytes) {
      status.messages += messages;
      status.bytes += bytes;
      status.lastTime = now();
    },
    refuse(reason, example) {
      if (!Object.hasOwn(refused, reason) && Object.keys(refused).length < MAX_REASONS) {
        refused[reason] = { count: 0, example: exampleText(example) };
      }
      const refusal = refused[reason];
      if (refusal !== undefined) {
        refusal.count++;
      }
    },
    lost(gap) {
      const last = gaps.at(-1);
      if (last?.what === gap.what || (last !== undefined && gaps.length >= MAX_GAPS)) {
        Object.assign(last, sumOf(last, gap), { noticed: now() });
      } else {
        gaps.push({ ...gap, noticed: now() });
      }
    },
    isRunning() {
      status.state = 'running';
      status.problem = '';
      delete status.retryTime;
    },
    isWaiting(state, problem, retryTime) {
      status.state = state;
      status.problem = problem;
      delete status.retryTime;
      if (retryTime !== undefined) {
        status.retryTime = retryTime;
      }
    },
  };
}

function sumOf(a: Omit<Gap, 'noticed'>, b: Omit<Gap, 'noticed'>): Partial<Gap> {
  const bytes = (a.bytes ?? 0) + (b.bytes ?? 0);
  const records = (a.records ?? 0) + (b.records ?? 0);
  return { ...(bytes > 0 && { bytes }), ...(records > 0 && { records }) };
}

/** Who sends it may be an attacker: control characters could move a terminal's cursor. */
function exampleText(example: string | Uint8Array): string {
  const text = typeof example === 'string' ? example : Buffer.from(example.subarray(0, EXAMPLE_CHARACTERS)).toString();
  return text.slice(0, EXAMPLE_CHARACTERS).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u00b7');
}
