import { Acquaintances } from '../../baselines/acquaintances.ts';
import { grown } from '../../lib/pair-table.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { Holder } from '../detector.ts';
import { ANYBODY, subjectOf } from './attempt.ts';
import { Neighbourhoods } from './neighbourhoods.ts';
import { dayOf, Principals } from './principals.ts';

/** How long a pair of principal and address is known after its last login. */
const MEMORY_DAYS = 60;
/** How long a pair that got in by guessing teaches nothing, unless somebody accepts it. */
const SUSPICION_DAYS = 30;
const HOUR_MS = 3_600_000;

/** Who logs in from where. Each pair of principal and address is noted once a day: most logins need not be looked at. */
export class Homes {
  private readonly pairs = new Acquaintances(MEMORY_DAYS);
  private readonly suspected = new Acquaintances(SUSPICION_DAYS);
  private readonly principals = new Principals(MEMORY_DAYS);
  private readonly neighbourhoods = new Neighbourhoods();
  private hasSuspects = false;
  /** By address: the hour of the latest login from there that was noted. */
  private addressHours = new Int32Array(8);
  /** By place: the day of the latest login from there. Places keep their ids. */
  private placeDays = new Int32Array(8);

  /** Notes a login of somebody who has logged in from there before; false, and nothing noted, for others. */
  meet(login: Activity): boolean {
    const { address, time } = login;
    const subject = subjectOf(login);
    if (this.isRepeated(subject, address, time)) {
      return true;
    }
    if (!this.pairs.meet(subject, address, hourOf(time) * HOUR_MS)) {
      return false;
    }
    this.note(login, subject, address, time);
    return true;
  }

  learn(login: Activity): void {
    const { address, time } = login;
    const subject = subjectOf(login);
    const isInCloud = isCloud(login);
    if (subject !== ANYBODY && (isInCloud || !this.isHome(login))) {
      this.neighbourhoods.add(subject, login);
    }
    if (isInCloud || !this.isFamiliar(login.place, time)) {
      this.neighbourhoods.add(ANYBODY, login);
    }
    this.pairs.learn(subject, address, hourOf(time) * HOUR_MS);
    this.note(login, subject, address, time);
  }

  /** Somebody got in by guessing. @param subject see `subjectOf` */
  suspect(subject: Id, address: Id, time: number): void {
    this.suspected.learn(subject, address, time);
    this.hasSuspects = true;
  }

  /** Somebody accepted that principals got in from addresses that fit: they are at home there. */
  accept(fits: (address: Id) => boolean, time: number): void {
    const accepted: [Id, Id][] = [];
    this.suspected.forEach((subject, address) => {
      if (this.suspected.isKnown(subject, address, time) && fits(address)) {
        accepted.push([subject, address]);
      }
    });
    for (const [subject, address] of accepted) {
      this.suspected.forget(subject, address);
      this.pairs.learn(subject, address, (hourOf(time) - 24) * HOUR_MS); // so that the next login is noted
    }
  }

  isSuspected(login: Activity): boolean {
    return this.hasSuspects && this.suspected.isKnown(subjectOf(login), login.address, login.time);
  }

  /** Whether this principal has logged in from this address. */
  isKnown(attempt: Activity): boolean {
    return this.pairs.isKnown(subjectOf(attempt), attempt.address, attempt.time);
  }

  /** Whether this principal has logged in from the place of the attempt. */
  isHome(attempt: Activity): boolean {
    const { place, time } = attempt;
    const subject = subjectOf(attempt);
    return subject === ANYBODY ? this.isFamiliar(place, time) : this.principals.isAt(subject, place, time);
  }

  /** Whether this principal has logged in from several subnets or addresses of the neighbourhood, as programs do that move. */
  isNear(attempt: Activity): boolean {
    return this.neighbourhoods.isMoving(subjectOf(attempt), attempt);
  }

  /** Whether somebody or other has logged in from several subnets of a neighbourhood: it is a network of yours. */
  isInhabited(where: Pick<Activity, 'place' | 'address' | 'directory'>): boolean {
    return this.neighbourhoods.isMoving(ANYBODY, where);
  }

  /** Whether anybody has logged in from a place. */
  isFamiliar(place: Id, time: number): boolean {
    const last = this.placeDays[place] ?? 0;
    return place !== 0 && last > 0 && dayOf(time) - last <= MEMORY_DAYS;
  }

  /** Whether this principal has logged in at all. */
  exists(principal: Id, time: number): boolean {
    return this.principals.exists(principal, time);
  }

  /** Whether anybody logs in from this very address. */
  isShared(address: Id, time: number): boolean {
    const hour = this.addressHours[address] ?? 0;
    return hour > 0 && hourOf(time) - hour <= 24 * MEMORY_DAYS;
  }

  /** The most connections that a principal has opened at once. */
  largestPool(principal: Id, time: number): number {
    return this.principals.largestPool(principal, time);
  }

  hold(holder: Holder): void {
    const kept = new Int32Array(this.addressHours.length); // of ids that nobody holds nothing may be left
    this.principals.keepOnly(holder, (keepPrincipal) => {
      const keep = (principal: Id, address: Id) => {
        holder.principal(principal);
        holder.address(address);
        keepPrincipal(principal);
        if (address < kept.length) {
          kept[address] = this.addressHours[address];
        }
      };
      this.pairs.forEach(keep);
      this.suspected.forEach(keep);
    });
    this.addressHours = kept;
    this.neighbourhoods.hold(holder);
  }

  /** Whether a login need not be looked at, but as one of a pool: what it tells was noted before. */
  private isRepeated(subject: Id, address: Id, time: number): boolean {
    if (subject === ANYBODY) {
      return this.addressHours[address] === hourOf(time);
    }
    const isNoted = this.pairs.isNoted(subject, address, time);
    if (isNoted) {
      this.principals.count(subject, time);
    }
    return isNoted;
  }

  private note({ place }: Activity, subject: Id, address: Id, time: number): void {
    if (subject !== ANYBODY) {
      this.principals.note(subject, place, time);
    }
    if (address >= this.addressHours.length) {
      this.addressHours = grown(this.addressHours, 2 * (address + 1));
    }
    const hour = hourOf(time);
    if (this.addressHours[address] < hour) {
      this.addressHours[address] = hour;
    }
    if (place >= this.placeDays.length) {
      this.placeDays = grown(this.placeDays, 2 * (place + 1));
    }
    const day = dayOf(time);
    if (this.placeDays[place] < day) {
      this.placeDays[place] = day;
    }
  }
}

/** Whether the place of an attempt is the network of a cloud: everybody's, and so nobody's home. */
export function isCloud({ place, address, directory }: Activity): boolean {
  return place !== 0 && directory.place(place).kind === 'public' && directory.cloudRegionOf(address) !== undefined;
}

function hourOf(time: number): number {
  return Math.floor(time / HOUR_MS);
}
