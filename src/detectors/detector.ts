import type { z } from 'zod';
import type { SnapshotClass } from '../lib/snapshot/snapshot-scope.ts';
import type { Activity, Directory, Id } from '../model/activity.ts';
import type { Attack } from '../model/attack.ts';
import type { Revision } from '../model/decision.ts';
import type { Finding } from '../model/finding.ts';
import type { Learned } from '../model/learned.ts';
import type { Resource } from '../model/resource.ts';
import { DefinedWatch } from './defined-watch.ts';

/** Where a detector's findings go. Findings with the same `dedupKey` become one alert. */
export interface Report {
  /**
   * Opens an alert or brings it up to date. A finding with the start time of an earlier one replaces it.
   * False when somebody expects it, so that nothing is raised: then learn what was found.
   */
  finding(finding: Finding): boolean;
  /**
   * Counts one more event of an alert that is open, and says whether there is one. Cheaper than a finding, where the
   * event adds nothing but itself.
   */
  again(dedupKey: string, time: number): boolean;
  /** The statement that is judged may tell more when it comes again: it is not called repeated then. */
  unsettled(): void;
}

/** Told which ids a state holds; ids that nobody holds are given to other texts. */
export interface Holder {
  principal(id: Id): void;
  address(id: Id): void;
  application(id: Id): void;
  /** Of operations and containers. */
  word(id: Id): void;
}

/**
 * What is suspicious, of one kind.
 *
 * All functions are pure: no I/O, no clock (event time only), no randomness, nothing thrown, nothing kept of the
 * activity, which is a reused view. Judge first, then learn, and never learn from what was just reported.
 * State is bounded whatever the input.
 */
export interface DetectorDefinition<State, Settings extends z.ZodObject> {
  /** Folder, configuration key, metric label and page. */
  id: string;
  title: string;
  attack: readonly Attack[];
  /** The `ActivityClass`es that it wants to see, or'ed. */
  watches: number;
  /** Of these, the classes whose repeated activities (see `Activity.isRepeated`) it need not see. None unless told otherwise. */
  passesOver?: number;
  /** Id of the enricher without whose data it can find nothing: then it is not run. */
  needs?: string;
  /** Its false-alarm rate is not published yet: it runs only where the configuration names it. */
  isPreview?: boolean;
  /** Every key has a default and a description; a number has its unit in the name. */
  settings: Settings;
  createState(): State;
  /**
   * Higher whenever state that was kept by an earlier version of the detector cannot be used any longer: then it begins
   * to learn anew. 1 unless told otherwise.
   */
  stateVersion?: number;
  /** Of what the state consists beside plain data, Map, Set and typed arrays: classes by the names that are kept. */
  stateClasses?: Readonly<Record<string, SnapshotClass>>;
  evaluate: (
    activity: Activity,
    state: State,
    settings: z.output<Settings>,
    report: Report,
    resource: Resource,
  ) => void;
  /**
   * Reports what has changed since it was last reported, and what was waited for until `time`. Called between activities,
   * also in silence, and at the end of the input, where `time` is infinite. What is found later must not depend on it.
   */
  settle?: (state: State, settings: z.output<Settings>, report: Report, time: number) => void;
  hold: (state: State, holder: Holder) => void;
  /**
   * Somebody accepted an alert: what was found under the key is usual. True where nothing of the kind is to be raised again,
   * as long as it is no graver. Absent: it learns from nothing that was found.
   */
  accept?: (state: State, key: string, directory: Directory, time: number) => boolean;
  /** Of what was accepted, more is another matter. */
  isAcceptanceBounded?: true;
  /** People correct what is usual. */
  revise?: (state: State, revision: Revision, directory: Directory) => void;
  /** Addresses of the one place are at the other by what is known now: whatever was usual from the one is so from there. */
  placeMoved?: (state: State, from: Id, to: Id) => void;
  /** What is usual by now, for people. Changes nothing. */
  learned?: (state: State, directory: Directory, time: number) => Learned[];
}

/** A detector at work on one resource. */
export interface Watch {
  readonly watches: number;
  /** Classes of which it need not see what is repeated. */
  readonly passesOver: number;
  /** What it has learned. */
  readonly state: unknown;
  evaluate(activity: Activity, report: Report): void;
  settle(report: Report, time: number): void;
  hold(holder: Holder): void;
  placeMoved(from: Id, to: Id): void;
  accept(key: string, directory: Directory, time: number): boolean;
  readonly isAcceptanceBounded: boolean;
  revise(revision: Revision, directory: Directory): void;
  /** Nothing that people are told is usual for the principals that fit is so any longer. */
  forget(fits: (principal: string) => boolean, directory: Directory, time: number): void;
}

export interface Detector {
  readonly id: string;
  readonly title: string;
  readonly attack: readonly Attack[];
  readonly watches: number;
  /** Id of the enricher without whose data it can find nothing; undefined: it needs none. */
  readonly needs: string | undefined;
  /** Runs only where the configuration names it. */
  readonly isPreview: boolean;
  readonly settings: z.ZodObject;
  /** Whether it learns what is usual before it judges. */
  readonly learns: boolean;
  readonly stateVersion: number;
  readonly stateClasses: Readonly<Record<string, SnapshotClass>>;
  /**
   * @param settings complete settings, as parsed by `settings`
   * @param state of an earlier watch, of the same version; undefined: nothing is known yet
   */
  watch(resource: Resource, settings: unknown, state?: unknown): Watch;
  /** What a state of a watch holds to be usual, for people; most have nothing to tell. */
  learned(state: unknown, directory: Directory, time: number): Learned[];
}

/** Gives a definition the shape in which the pipeline runs it; state and settings stay its own. */
export function defineDetector<State, Settings extends z.ZodObject>(
  definition: DetectorDefinition<State, Settings>,
): Detector {
  const { id, title, attack, watches, needs, isPreview = false, settings: schema } = definition;
  const { stateVersion = 1, stateClasses = {} } = definition;
  return {
    id,
    needs,
    isPreview,
    title,
    attack,
    watches,
    settings: schema,
    learns: definition.learned !== undefined,
    stateVersion,
    stateClasses,
    learned: (state, directory, time) => definition.learned?.(state as State, directory, time) ?? [],
    watch: (resource, given, saved) =>
      new DefinedWatch(
        definition,
        resource,
        schema.parse(given),
        (saved as State | undefined) ?? definition.createState(),
      ),
  };
}
