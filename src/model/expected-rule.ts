/**
 * Somebody answers for findings of a kind: they raise nothing, and what they found becomes usual. Plain data: it is
 * sent to worker threads. What is absent does not matter; all that is present must fit.
 */
export interface ExpectedRule {
  /** For people: `expected[0], DBA team: works from Recife until Christmas`. */
  label: string;
  /** Key of the resource that it is about. */
  resourceKey?: string;
  detector?: string;
  alertType?: string;
  /** `j.meyer`, or a beginning: `v-token-*`. Of a finding about several principals, each must fit. */
  principal?: string;
  /** As `principal`. */
  application?: string;
  /** CIDR, or the name of a named network. Of a finding about several addresses, each must fit. */
  network?: string;
  /** First moment at which it holds no more. Milliseconds since the epoch, UTC. */
  until: number;
}

/** What became of a rule in a run. */
export interface ExpectedTally {
  /** Findings that it kept from being raised; what repeats itself within a day is one. */
  findings: number;
  /** Findings that it would have kept, had it not been over. */
  afterwards: number;
  /** The log goes on after its end. */
  isOver: boolean;
}
