import { grown } from '../../lib/pair-table.ts';
import type { Id } from '../../model/activity.ts';
import type { Weakness } from './weakness.ts';

/** An alert, and when what it tells of was last seen. */
export interface Sight {
  readonly dedupKey: string;
  /** Milliseconds. */
  lastTime: number;
}

/** As many sights as there are alerts; those of principals seen of late are at hand without their names. */
export class Sights {
  static readonly omits = ['atHand'];
  private readonly byKey = new Map<string, Sight>();
  private readonly all: Sight[] = [];
  /** By weakness and principal, one more than the place among all; 0: not at hand. */
  private atHand = new Map<Weakness, Int32Array>();

  get(dedupKey: string): Sight | undefined {
    return this.byKey.get(dedupKey);
  }

  add(dedupKey: string, lastTime: number): Sight {
    const sight = { dedupKey, lastTime };
    this.byKey.set(dedupKey, sight);
    this.all.push(sight);
    return sight;
  }

  find(weakness: Weakness, principal: Id): Sight | undefined {
    const places = this.atHand.get(weakness);
    const place = places !== undefined && principal < places.length ? places[principal]! : 0;
    return place === 0 ? undefined : this.all[place - 1];
  }

  putAtHand(weakness: Weakness, principal: Id, sight: Sight): void {
    let places = this.atHand.get(weakness) ?? new Int32Array(0);
    if (principal >= places.length) {
      places = grown(places, 2 * (principal + 1));
      this.atHand.set(weakness, places);
    }
    places[principal] = 1 + this.all.indexOf(sight);
  }

  /** Ids may be given to other principals from here on. */
  forgetIds(): void {
    this.atHand.clear();
  }

  restored(): void {
    this.atHand = new Map();
  }
}
