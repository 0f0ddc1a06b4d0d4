import { type Activity, ActivityClass } from '../../model/activity.ts';
import { NO_NAME } from '../application-families.ts';
import { isTrusted } from '../trusted.ts';
import { type Clients, followClient } from './clients.ts';
import type { CommonTools } from './common-tools.ts';
import { type Custom, type Customs, habitOf, learn, meet } from './customs.ts';
import { judgeClient, type Suspicion } from './judge-client.ts';
import { type MissingDatabases, noteMissing } from './missing-databases.ts';
import { MEDIUM_FAILURES } from './probe-finding.ts';
import type { Limits } from './settings.ts';
import {
  type Circumstances,
  noteAttempt,
  noteConnection,
  noteOddPacket,
  recordOf,
  type Sources,
  tellDue,
} from './sources.ts';

/** All that the detector remembers of a resource. */
export interface State {
  customs: Customs;
  clients: Clients;
  common: CommonTools;
  sources: Sources;
  missing: MissingDatabases;
  /** Worked out once: the settings of a resource do not change. */
  limits: Limits | undefined;
}

const NOTHING_KNOWN: Suspicion = { failures: 0, isProbing: false, isOpening: false };

export function judgeActivity(activity: Activity, state: State, around: Circumstances): void {
  if (activity.class === ActivityClass.dataAccess) {
    judgeAccess(activity, state, false, around);
  } else if (activity.address === 0) {
    judgeLocal(activity, state, around);
  } else {
    judgeRemote(activity, state, around);
  }
}

/** A Unix socket is no source that could be told apart from others. */
function judgeLocal(activity: Activity, state: State, around: Circumstances): void {
  if (activity.class === ActivityClass.authentication) {
    judgeAccess(activity, state, false, around);
  }
}

function judgeRemote(activity: Activity, state: State, around: Circumstances): void {
  const { sources, customs, missing } = state;
  if (activity.time >= sources.lookTime) {
    tellDue(sources, activity.time, around);
  }
  switch (activity.class) {
    case ActivityClass.connection:
      noteConnection(sources, activity, customs.callers, around);
      return;
    case ActivityClass.protocolError:
      noteOddPacket(sources, activity, around);
      return;
    case ActivityClass.unknownDatabase: {
      const { failures, isProbing } = recordOf(sources, activity);
      const isSuspect = failures >= MEDIUM_FAILURES || isProbing;
      noteMissing(missing, activity, isSuspect, around.limits.missingDatabaseCount, around);
      return;
    }
    case ActivityClass.authentication:
      judgeAccess(activity, state, true, around);
      noteAttempt(sources, activity, customs.callers, around);
      return;
    default:
      noteAttempt(sources, activity, customs.callers, around);
  }
}

/**
 * Somebody is in. What is only noted is usual from then on; what is raised teaches nothing, nor does staff that have
 * the credential of a program: whoever else uses it so is to be told.
 *
 * @param isRemote the address is a source of which something may be known
 */
function judgeAccess(access: Activity, state: State, isRemote: boolean, around: Circumstances): void {
  if (access.principal === 0) {
    return; // of nobody there are no habits
  }
  const { customs } = state;
  const custom = meet(customs, access);
  if (custom === undefined) {
    return;
  }
  const suspicion = isRemote ? suspicionOf(state, access, around) : NOTHING_KNOWN;
  const verdict =
    custom.isUsualApplication || isTrusted(access)
      ? undefined
      : judgeClient(customs, access, custom, suspicion, around.limits);
  const isRaised =
    verdict !== undefined &&
    followClient(state, access, custom, verdict, around) &&
    (verdict.severity !== 'Informational' || verdict.isByHand === true);
  if (!isRaised) {
    learn(
      customs,
      access,
      isUnsure(customs, access, custom, suspicion) ? { ...custom, isUsualApplication: true } : custom,
    );
  }
}

function suspicionOf({ sources, customs }: State, access: Activity, { limits }: Circumstances): Suspicion {
  const { address, time } = access;
  const { failures, isProbing } = recordOf(sources, access);
  return { failures, isProbing, isOpening: customs.callers.isOpening(address, time, limits.probeWaitMs) };
}

/** Of a session that is first met in its middle, a name may only not be told: that it gave none is not learned then. */
function isUnsure(customs: Customs, access: Activity, { family }: Custom, { isOpening: isOpened }: Suspicion): boolean {
  const isUntold = access.engine === 'postgresql' && family === NO_NAME && !isOpened;
  return isUntold && habitOf(customs, access.principal, access.time).hasName;
}
