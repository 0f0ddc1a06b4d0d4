/** When a scope has been watched for long enough to be judged. */
export interface LearningPeriod {
  minDays: number;
  maxDays: number;
  minCount: number;
}

/** What DESIGN settles for all detectors: 7 days and 10 logins, or 14 days with whatever there was. */
export const LEARNING: LearningPeriod = { minDays: 7, maxDays: 14, minCount: 10 };

/** Something that is usual on a resource, as a detector has learned it. */
export interface Learned {
  kind: 'place' | 'region' | 'application' | 'principal' | 'caller' | 'hours' | 'volume';
  principal: string;
  /**
   * For people: `Germany, AS3320 Deutsche Telekom AG`; empty where clients give no name, and of a principal itself. Of
   * hours `working days` or `weekends`, of volumes their unit: `bytes an hour`.
   */
  value: string;
  /** Milliseconds since the epoch. */
  firstTime: number;
  lastTime: number;
  uses: number;
  /** Nothing of the principal (of who is there, and who handles keys: of the resource) is judged yet. */
  learning?: { firstTime: number; uses: number };
  /** Somebody said that it is usual for ever. */
  isPinned?: true;
  /** Of `hours`: those of the day (UTC) at which it is at work, ascending. */
  hours?: readonly number[];
  /** Of `volume`: what is usual, and the most. */
  median?: number;
  largest?: number;
}
