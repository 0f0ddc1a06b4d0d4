import { alarmScore } from '../../baselines/sequential-count.ts';
import { AuthenticationFailure } from '../../model/activity.ts';
import type { Sensitivity } from '../sensitivity.ts';
import type { Settings } from './settings.ts';

const MINUTE_MS = 60_000;
const COUNT_FACTOR: Record<Sensitivity, number> = { low: 3, medium: 1, high: 0.5 };
const ALARM_FACTOR: Record<Sensitivity, number> = { low: 0.01, medium: 1, high: 100 };

/** So many failures within so long. */
export interface WindowRule {
  kind: 'window';
  failureCount: number;
  windowMs: number;
}

/** More failures than usual, however slowly; with a floor below which nothing is said. */
export interface SequentialRule {
  kind: 'sequential';
  failureCount: number;
  /** Score of `SequentialCount`. */
  nats: number;
}

/** When failures are guesses. */
export type Rule = WindowRule | SequentialRule;

export interface Rules {
  burst: WindowRule;
  /** Of what is refused before a credential is looked at. */
  refused: WindowRule;
  slow: SequentialRule;
}

/** The settings of a resource are one object for as long as it is watched. */
const worked = new WeakMap<Settings, Rules>();

export function rulesOf(options: Settings): Rules {
  const known = worked.get(options);
  if (known !== undefined) {
    return known;
  }
  const rules = workOut(options);
  worked.set(options, rules);
  return rules;
}

function workOut(options: Settings): Rules {
  const factor = COUNT_FACTOR[options.sensitivity];
  const failureCount = Math.max(2, Math.round(options.failureCount * factor));
  return {
    burst: { kind: 'window', failureCount, windowMs: options.windowMinutes * MINUTE_MS },
    refused: { kind: 'window', failureCount, windowMs: options.refusedWindowMinutes * MINUTE_MS },
    slow: {
      kind: 'sequential',
      failureCount,
      nats: alarmScore(options.yearlyFalseAlarmCount * ALARM_FACTOR[options.sensitivity]),
    },
  };
}

export function windowRuleFor(failure: number, rules: Rules): WindowRule {
  return failure === AuthenticationFailure.notAllowed ? rules.refused : rules.burst;
}
