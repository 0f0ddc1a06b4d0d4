/** What an alert is about, whoever raises it. */
export const KINDS = [
  'brute-force',
  'unusual-location',
  'unusual-data-center',
  'unfamiliar-principal',
  'harmful-application',
  'data-exfiltration',
  'sql-injection',
  'dangerous-statement',
  'suspicious-address',
  'key-extraction',
] as const;
export type Kind = (typeof KINDS)[number];

/** Hard: what rules of thumb miss. */
export type Difficulty = 'plain' | 'hard';

/** Something bad that was done to one resource. */
export interface Attack {
  /** What was done, the same words for the same thing: misses are listed by it. */
  title: string;
  resource: string;
  difficulty: Difficulty;
  /** Each must be told. What else is said of these principals or addresses within the window is neither right nor wrong. */
  expects: readonly Kind[];
  principals: readonly string[];
  addresses: readonly string[];
  /** Milliseconds since the epoch. */
  from: number;
  to: number;
}

/** Something that looks bad and is not: false alarms are listed by it. */
export interface BenignCase {
  title: string;
  resource: string;
  principals: readonly string[];
  addresses: readonly string[];
  from: number;
  to: number;
}

/** What a fleet really did. */
export interface Truth {
  seed: number;
  days: number;
  resources: readonly { id: string; kind: 'postgresql' | 'cosmosdb' }[];
  attacks: readonly Attack[];
  cases: readonly BenignCase[];
}
