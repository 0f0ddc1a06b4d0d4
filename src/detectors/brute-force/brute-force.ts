import { BASELINE_CLASSES } from '../../baselines/state-classes.ts';
import { ActivityClass } from '../../model/activity.ts';
import { defineDetector } from '../detector.ts';
import { createAttempt, isForbidden } from './attempt.ts';
import { enter } from './enter.ts';
import { isProgramKey } from './finding-of.ts';
import { Homes } from './homes.ts';
import { judgeFailure } from './judge.ts';
import { lookAround } from './looking-around.ts';
import { Neighbourhoods } from './neighbourhoods.ts';
import { Principals } from './principals.ts';
import { rulesOf } from './rule.ts';
import { settings } from './settings.ts';
import { createState, guessingsOf, holdState } from './state.ts';
import { tellRest } from './tell.ts';

/**
 * Failed logins that are guesses: many from one client within minutes, a few a day for weeks, or a few each from many
 * addresses; by principals that are not at home there.
 *
 * Needs no learning. Blind spots: guessing from an address where the principal is at home, or in its network in the
 * rhythm of a program; less than a failure in three days.
 */
export const bruteForce = defineDetector({
  id: 'brute-force',
  title: 'Suspected brute force attack',
  attack: [
    { tactic: 'TA0006', technique: 'T1110.001' },
    { tactic: 'TA0006', technique: 'T1110.003' },
  ],
  watches:
    ActivityClass.authentication |
    ActivityClass.authenticationFailure |
    ActivityClass.dataAccess |
    ActivityClass.dataAccessDenied,
  settings,
  stateVersion: 4,
  stateClasses: { ...BASELINE_CLASSES, Homes, Neighbourhoods, Principals },
  createState,

  evaluate(activity, state, options, report, resource) {
    if (activity.address === 0) {
      return; // a Unix socket is no source that could be told apart from others
    }
    if ((activity.class & (ActivityClass.authentication | ActivityClass.dataAccess)) !== 0) {
      if (!state.homes.meet(activity)) {
        enter(activity, state, rulesOf(options), report);
      }
    } else if (!state.homes.isKnown(activity)) {
      judgeFailure(createAttempt(activity, resource, rulesOf(options), report), state);
    } else if (isForbidden(activity)) {
      lookAround(createAttempt(activity, resource, rulesOf(options), report), state.looks);
    }
  },

  settle(state, _options, report) {
    for (const guessing of guessingsOf(state)) {
      tellRest(guessing, report);
    }
  },

  accept({ homes }, key, directory, time) {
    homes.accept((address) => directory.address(address).address === key, time);
    return isProgramKey(key); // a stale password; guesses are never usual
  },

  hold: holdState,
});
