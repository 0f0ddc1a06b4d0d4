import { Habits } from '../../baselines/habits.ts';
import type { Activity } from '../../model/activity.ts';
import type { Holder } from '../detector.ts';
import { MEMORY_DAYS } from './finding-of.ts';

/** Stands for every public address that is in no known cloud: an office, a home, a data centre of one's own. */
const OUTSIDE = 1;
/** Stands for private and named networks. */
const INSIDE = 2;

/** In which regions of clouds each principal is. A provider announces them by many networks, in other countries, too. */
export class Clouds {
  readonly habits = new Habits(MEMORY_DAYS);
  private readonly regions = new Map<string, number>();

  /** Notes that somebody is at work at a usual place. Once a day is enough. */
  learn(access: Activity): void {
    const { principal, time } = access;
    const region = this.regionOf(access);
    if (!this.habits.useOfDay(principal, region, time)) {
      this.habits.learn(principal, region, time);
    }
  }

  /** Whether an access is from a region in which the principal is usual. */
  isInItsRegion(access: Activity): boolean {
    const region = this.regionOf(access);
    return region > INSIDE && this.usualOf(access).includes(region);
  }

  /** Whether an access is from outside, by a principal that is usual in clouds and networks of one's own only. */
  isOut(access: Activity): boolean {
    const usual = this.usualOf(access);
    return this.regionOf(access) === OUTSIDE && usual.length > 0 && !usual.includes(OUTSIDE);
  }

  /** Whether an access is from a region of a provider of which the principal uses another: workloads fail over to it. */
  isOfItsProvider(access: Activity): boolean {
    const provider = access.directory.address(access.address).cloudRegion?.provider;
    const usual = this.usualOf(access);
    return [...this.regions].some(([key, number]) => usual.includes(number) && key.startsWith(`${provider}/`));
  }

  private usualOf({ principal, time }: Activity): number[] {
    return this.habits.habitsOf(principal, time).map(({ value }) => value);
  }

  private regionOf({ address, place, directory }: Activity): number {
    if (directory.place(place).kind !== 'public') {
      return INSIDE;
    }
    const cloud = directory.address(address).cloudRegion;
    return cloud === undefined ? OUTSIDE : this.numberOf(`${cloud.provider}/${cloud.region}`);
  }

  private numberOf(region: string): number {
    const number = this.regions.get(region) ?? INSIDE + 1 + this.regions.size;
    this.regions.set(region, number);
    return number;
  }

  hold(holder: Holder): void {
    this.habits.forEachScope((principal) => holder.principal(principal));
  }
}
