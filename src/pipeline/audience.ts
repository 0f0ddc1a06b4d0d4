import { type Activity, ActivityClass, type ActivityClassName, type ActivityObserver } from '../model/activity.ts';
import type { CurrentActivity } from './current-activity.ts';
import { RepeatedAccesses } from './repeated-accesses.ts';
import { RepeatedStatements } from './repeated-statements.ts';
import type { PlaceMove, Vocabulary } from './vocabulary.ts';
import type { Telling, Watcher } from './watchers.ts';

export const CLASS_NAMES = Object.keys(ActivityClass) as ActivityClassName[];
/** Somebody is in. */
const ACCESSES = ActivityClass.authentication | ActivityClass.dataAccess;
/** Faults that are told apart, at most. */
const MAX_FAULTS = 16;

/** Those to whom activities are shown: detectors, and an observer. */
export class Audience {
  private readonly watchers: readonly Watcher[];
  /** By class, who sees its activities, and who sees those that are repeated. */
  private readonly routes: readonly (readonly Watcher[])[];
  private readonly repeatedRoutes: readonly (readonly Watcher[])[];
  private readonly observer: ActivityObserver | undefined;
  private readonly vocabulary: Vocabulary;
  /** How often each fault of a detector was met. */
  private readonly faults: Map<string, number>;
  private readonly telling: Telling;
  private readonly accesses = new RepeatedAccesses();
  private readonly statements = new RepeatedStatements();

  constructor(
    { watchers, telling }: { watchers: readonly Watcher[]; telling: Telling },
    observer: ActivityObserver | undefined,
    { vocabulary, faults }: { vocabulary: Vocabulary; faults: Map<string, number> },
  ) {
    this.watchers = watchers;
    this.telling = telling;
    this.observer = observer;
    this.vocabulary = vocabulary;
    this.faults = faults;
    this.routes = routesOf(watchers, ({ watches }) => watches);
    this.repeatedRoutes = routesOf(watchers, ({ watches, passesOver }) => watches & ~passesOver);
  }

  /** Whether anybody looks at activities of a class. */
  isWatched(activityClass: number): boolean {
    return this.observer !== undefined || this.routes[indexOf(activityClass)]!.length > 0;
  }

  /** Shows an activity to all who look at its class. */
  show(shown: Activity): void {
    const moves = this.vocabulary.movesOf(shown.address);
    if (moves.length > 0) {
      this.tellMoves(moves); // hardly ever
    }
    this.showWatchers(shown);
    this.observer?.observe(shown);
  }

  private tellMoves(moves: readonly PlaceMove[]): void {
    this.forgetRepeated();
    for (const { from, to } of moves) {
      for (const { watch } of this.watchers) {
        watch.placeMoved(from, to);
      }
    }
  }

  /** Shows the activity in hand, and says whether it is one like it that has been shown, and told nothing. */
  showCurrent(activity: CurrentActivity): void {
    const isStatement = activity.class === ActivityClass.statement;
    if (!isStatement && (activity.class & ACCESSES) === 0) {
      this.show(activity);
      return;
    }
    const { telling } = this;
    const memo = isStatement ? this.statements : this.accesses;
    activity.isRepeated = memo.has(activity);
    const { told } = telling;
    this.show(activity);
    if (told === telling.told && !activity.isRepeated) {
      memo.add(activity);
    }
  }

  /** Shows an activity to detectors only. */
  showWatchers(shown: Activity): void {
    const routes = shown.isRepeated === true ? this.repeatedRoutes : this.routes;
    const route = routes[indexOf(shown.class)]!;
    for (let i = 0; i < route.length; i++) {
      const { id, watch, report } = route[i]!;
      try {
        watch.evaluate(shown, report);
      } catch (error) {
        this.noteFault(id, error);
      }
    }
  }

  /** Detectors tell what has changed until a time. */
  settle(time: number): void {
    for (const { id, watch, report, confirm } of this.watchers) {
      try {
        watch.settle(time === Number.POSITIVE_INFINITY ? report : confirm, time);
      } catch (error) {
        this.noteFault(id, error);
      }
    }
  }

  /** Ids may stand for other texts from now on, or what is usual has been corrected. */
  forgetRepeated(): void {
    this.accesses.clear();
    this.statements.clear();
  }

  /** A fault of a detector is ours, not the input's: it is counted and told, and the others go on. */
  private noteFault(id: string, error: unknown): void {
    const { faults } = this;
    const fault = `detector ${id} failed: ${error instanceof Error ? error.message : String(error)}`;
    if (faults.has(fault) || faults.size < MAX_FAULTS) {
      faults.set(fault, (faults.get(fault) ?? 0) + 1);
    }
  }
}

/** @param classesOf what a watcher sees, or'ed */
function routesOf(watchers: readonly Watcher[], classesOf: (watch: Watcher['watch']) => number) {
  return CLASS_NAMES.map((name) => watchers.filter(({ watch }) => (classesOf(watch) & ActivityClass[name]) !== 0));
}

/** The place of a class in `ActivityClass`: its bit. */
export function indexOf(activityClass: number): number {
  return 31 - Math.clz32(activityClass);
}
