import { z } from 'zod';
import { type Sensitivity, sensitivity } from '../sensitivity.ts';

const SECOND_MS = 1000;
const COUNT_FACTOR: Record<Sensitivity, number> = { low: 3, medium: 1, high: 0.5 };
const THRESHOLD_SHIFT: Record<Sensitivity, number> = { low: 0.8, medium: 0, high: -0.8 };

export const settings = z.object({
  sensitivity,
  probeCount: z
    .number()
    .int()
    .min(2)
    .default(10)
    .describe(
      'Connections without a login, or packets that are none of the protocol, beyond one a second, that make a probe.',
    ),
  probeWaitSeconds: z
    .number()
    .min(1)
    .default(90)
    .describe("Seconds in which a login makes up for such connections: more than the server's authentication_timeout."),
  missingDatabaseCount: z
    .number()
    .int()
    .min(2)
    .default(5)
    .describe('Different databases that do not exist, asked for by one client within 10 minutes.'),
  surpriseNats: z
    .number()
    .min(0)
    .default(3)
    .describe('Surprise from which a new application is unusual: 3 is one such as is gained on one day in twenty.'),
});

export type Settings = z.output<typeof settings>;

/** The settings, with what sensitivity makes of them. */
export interface Limits {
  probeCount: number;
  probeWaitMs: number;
  missingDatabaseCount: number;
  surpriseNats: number;
}

export function limitsOf(options: Settings): Limits {
  const factor = COUNT_FACTOR[options.sensitivity];
  return {
    probeCount: Math.max(2, Math.round(options.probeCount * factor)),
    probeWaitMs: options.probeWaitSeconds * SECOND_MS,
    missingDatabaseCount: Math.max(2, Math.round(options.missingDatabaseCount * factor)),
    surpriseNats: options.surpriseNats + THRESHOLD_SHIFT[options.sensitivity],
  };
}
