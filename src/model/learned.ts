/** Something that is usual on a resource, as a detector has learned it. */
export interface Learned {
  kind: 'place' | 'region' | 'application' | 'principal';
  principal: string;
  /** For people: `Germany, AS3320 Deutsche Telekom AG`; empty where clients give no name, and of a principal itself. */
  value: string;
  /** Milliseconds since the epoch. */
  firstTime: number;
  lastTime: number;
  uses: number;
  /** Of the principal nothing is judged yet. */
  isLearning: boolean;
  /** Somebody said that it is usual for ever. */
  isPinned?: true;
}
