import { Acquaintances } from '../../baselines/acquaintances.ts';
import { grown } from '../../lib/pair-table.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { Holder } from '../detector.ts';
import { ANYBODY, subjectOf } from './attempt.ts';
import { createPrincipals, dayOf } from './principals.ts';

/** How long a pair of principal and address is known after its last login. */
const MEMORY_DAYS = 60;
/** How long a pair that got in by guessing teaches nothing, unless somebody accepts it. */
const SUSPICION_DAYS = 30;
const HOUR_MS = 3_600_000;
/** Who logs in from where. What is known is as of the hour, so that most logins need not be looked at. */
export interface Homes {
  /** Notes a login of somebody who has logged in from there before; false, and nothing noted, for others. */
  meet(login: Activity): boolean;
  learn(login: Activity): void;
  /** Somebody got in by guessing. @param subject see `subjectOf` */
  suspect(subject: Id, address: Id, time: number): void;
  isSuspected(login: Activity): boolean;
  /** Whether this principal has logged in from this address. */
  isKnown(attempt: Activity): boolean;
  /** Whether this principal has logged in from the place of the attempt; a cloud's network is nobody's home. */
  isHome(attempt: Activity): boolean;
  /** Whether anybody has logged in from a place. */
  isFamiliar(place: Id, time: number): boolean;
  /** Whether this principal has logged in at all. */
  exists(principal: Id, time: number): boolean;
  /** Whether anybody logs in from this very address. */
  isShared(address: Id, time: number): boolean;
  /** The most connections that a principal has opened at once. */
  largestPool(principal: Id, time: number): number;
  hold(holder: Holder): void;
}

export function createHomes(): Homes {
  const pairs = new Acquaintances(MEMORY_DAYS);
  const principals = createPrincipals(MEMORY_DAYS);
  const suspected = new Acquaintances(SUSPICION_DAYS);
  /** By address: who logged in last, one more than the id, and the hour. */
  let latest = new Int32Array(128);
  /** By place: the day of the latest login from there. Places keep their ids. */
  let placeDays = new Int32Array(64);

  function note(subject: Id, address: Id, hour: number): void {
    if (2 * address + 1 >= latest.length) {
      latest = grown(latest, 4 * (address + 1));
    }
    latest[2 * address] = subject + 1;
    latest[2 * address + 1] = hour;
  }

  function learnPlace({ place, time }: Activity, subject: Id): void {
    if (subject !== ANYBODY) {
      principals.notePlace(subject, place, time);
    }
    if (place >= placeDays.length) {
      placeDays = grown(placeDays, 2 * (place + 1));
    }
    placeDays[place] = Math.max(placeDays[place], dayOf(time));
  }

  function isFamiliar(place: Id, time: number): boolean {
    const last = placeDays[place] ?? 0;
    return place !== 0 && last > 0 && dayOf(time) - last <= MEMORY_DAYS;
  }

  return {
    meet(login) {
      const { address, time } = login;
      const subject = subjectOf(login);
      const hour = Math.floor(time / HOUR_MS);
      if (latest[2 * address] !== subject + 1 || latest[2 * address + 1] !== hour) {
        if (!pairs.meet(subject, address, hour * HOUR_MS)) {
          return false;
        }
        note(subject, address, hour);
        learnPlace(login, subject);
      }
      if (subject !== ANYBODY) {
        principals.countPool(subject, time);
      }
      return true;
    },

    learn(login) {
      const subject = subjectOf(login);
      pairs.learn(subject, login.address, hourStart(login.time));
      learnPlace(login, subject);
    },

    suspect: (subject, address, time) => suspected.learn(subject, address, time),
    isSuspected: (login) => suspected.isKnown(subjectOf(login), login.address, login.time),
    isKnown: (attempt) => pairs.isKnown(subjectOf(attempt), attempt.address, attempt.time),
    isHome(attempt) {
      const { place, address, time, directory } = attempt;
      const subject = subjectOf(attempt);
      const isUsed = subject === ANYBODY ? isFamiliar(place, time) : principals.isAt(subject, place, time);
      return (
        isUsed && (directory.place(place).kind !== 'public' || directory.address(address).cloudRegion === undefined)
      );
    },

    isFamiliar,

    exists: principals.exists,
    largestPool: principals.largestPool,

    isShared(address, time) {
      const hour = latest[2 * address + 1] ?? 0;
      return hour > 0 && Math.floor(time / HOUR_MS) - hour <= 24 * MEMORY_DAYS;
    },

    hold(holder) {
      const kept = new Int32Array(latest.length); // of ids that nobody holds nothing may be left
      principals.keepOnly(holder, (keepPrincipal) => {
        const keep = (principal: Id, address: Id) => {
          holder.principal(principal);
          holder.address(address);
          keepPrincipal(principal);
          if (2 * address < kept.length) {
            kept[2 * address] = latest[2 * address];
            kept[2 * address + 1] = latest[2 * address + 1];
          }
        };
        pairs.forEach(keep);
        suspected.forEach(keep);
      });
      latest = kept;
    },
  };
}

function hourStart(time: number): number {
  return Math.floor(time / HOUR_MS) * HOUR_MS;
}
