import { Habits } from '../../baselines/habits.ts';
import type { Activity, Id } from '../../model/activity.ts';
import type { Holder } from '../detector.ts';
import { MEMORY_DAYS } from './finding-of.ts';

/** From so many regions of a provider on, what runs in it is known to move about in it. */
const REGIONS = 3;
/** Principals of which an alert tells that they are in a region; of more the one told first is forgotten. */
const MAX_REPORTED = 4096;
/** No region: an office, a home, a data centre or a network of one's own. */
const NONE = 0;

/** In which regions of clouds each principal is. A provider announces them by many networks, in other countries, too. */
export class Clouds {
  readonly habits = new Habits(MEMORY_DAYS);
  private readonly regions = new Map<string, number>();
  /** By principal and region, the key of the alert about it. Kept since 0.1. */
  private reported?: Map<Id, Map<number, string>>;
  /** Places that lie in clouds. */
  private readonly places = new Set<Id>();

  /** Notes that somebody is at work at a usual place. Once a day is enough. */
  learn(access: Activity): void {
    const { principal, place, time } = access;
    const region = this.regionOf(access);
    if (region === NONE) {
      return; // nearly all
    }
    this.places.add(place);
    if (!this.habits.useOfDay(principal, region, time)) {
      this.habits.learn(principal, region, time);
    }
  }

  /** Whether an access is from a region in which the principal is usual, or from any, once several of its provider are. */
  isInItsRegion(access: Activity): boolean {
    const region = this.regionOf(access);
    return region !== NONE && (this.usualOf(access).includes(region) || this.usualRegionsOfProvider(access) >= REGIONS);
  }

  /**
   * Whether an access is from outside, by a principal that is usual in clouds and networks of one's own only.
   *
   * @param places that are usual for each principal
   */
  isOut(access: Activity, places: Habits): boolean {
    const { principal, place, time, directory } = access;
    const isPublic = (known: Id) => directory.place(known).kind === 'public';
    const usual = places.habitsOf(principal, time).map(({ value }) => value);
    const isUsualOutside = usual.some((known) => isPublic(known) && !this.places.has(known));
    return isPublic(place) && this.regionOf(access) === NONE && usual.length > 0 && !isUsualOutside;
  }

  /** Whether an access is from a region of a provider of which the principal uses another: workloads fail over to it. */
  isOfItsProvider(access: Activity): boolean {
    return this.usualRegionsOfProvider(access) > 0;
  }

  /** An alert tells of a principal in a region: whatever comes from there is the same matter. */
  noteReported(access: Activity, key: string): void {
    const region = this.regionOf(access);
    if (region === NONE) {
      return;
    }
    this.reported ??= new Map();
    const regions = this.reported.get(access.principal) ?? new Map<number, string>();
    if (this.reported.size >= MAX_REPORTED && !this.reported.has(access.principal)) {
      const [oldest] = this.reported.keys();
      this.reported.delete(oldest!);
    }
    this.reported.set(access.principal, regions.set(region, key));
  }

  /** The key of the latest alert about the principal in the region that an access is from. */
  keyOf(access: Activity): string | undefined {
    const regions = this.reported?.get(access.principal);
    return regions?.get(this.regionOf(access));
  }

  /** In how many regions of the cloud that an access is from the principal is usual. */
  private usualRegionsOfProvider(access: Activity): number {
    const provider = access.directory.cloudRegionOf(access.address)?.provider;
    const usual = this.usualOf(access);
    return [...this.regions].filter(([key, number]) => usual.includes(number) && key.startsWith(`${provider}/`)).length;
  }

  private usualOf({ principal, time }: Activity): number[] {
    return this.habits.habitsOf(principal, time).map(({ value }) => value);
  }

  private regionOf({ address, place, directory }: Activity): number {
    if (directory.place(place).kind !== 'public') {
      return NONE;
    }
    const cloud = directory.cloudRegionOf(address);
    return cloud === undefined ? NONE : this.numberOf(`${cloud.provider}/${cloud.region}`);
  }

  private numberOf(region: string): number {
    const number = this.regions.get(region) ?? this.regions.size + 1;
    this.regions.set(region, number);
    return number;
  }

  hold(holder: Holder): void {
    this.habits.forEachScope((principal) => holder.principal(principal));
    for (const principal of this.reported?.keys() ?? []) {
      holder.principal(principal);
    }
  }
}
