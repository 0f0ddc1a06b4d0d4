/** How a member stands: `suspected` is a known one that was reported within the last 30 days. */
export type Standing = 'known' | 'suspected' | Unfamiliar;
export type Unfamiliar = 'new' | 'dormant';

/** What a new or dormant member tells of how often such come: as usual, only later because it was reported, nothing. */
export type Gain = 'usual' | 'reported' | 'none';

/** A member as it was last seen. Times in milliseconds since the epoch. */
export interface Member {
  id: number;
  firstTime: number;
  lastTime: number;
  uses: number;
  /** It is never dormant, and never forgotten. */
  isPinned?: true;
}

/** What one more new or dormant member would say. */
export interface MemberJudgement {
  /** Of the scope, by all that was seen of it. */
  isLearning: boolean;
  /** By what its members did: where they come seldom it takes longer to have seen them all. */
  isLearningMembers: boolean;
  /** Nats, see `gainSurprise`. */
  surprise: number;
}
