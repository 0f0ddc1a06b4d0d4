/** How the broker is told who we are. Secrets come resolved; they are never printed. */
export type KafkaSasl =
  | { mechanism: 'plain'; username: string; password: string }
  /** Tokens by OAuth 2 client credentials, from any identity provider. */
  | { mechanism: 'oauthbearer'; tokenUrl: string; clientId: string; clientSecret: string; scope?: string }
  /** Tokens of the Azure identity that this machine has, for Event Hubs. */
  | { mechanism: 'azure-identity'; scope?: string };

export interface KafkaTls {
  /** PEM, beside those that Node trusts. */
  ca?: string;
  /** PEM, where the broker asks for a certificate of ours. */
  cert?: string;
  key?: string;
}

export interface KafkaSettings {
  /** `host:port`. */
  brokers: readonly string[];
  topic: string;
  /** Members of one group share the partitions. */
  group: string;
  tls?: KafkaTls;
  sasl?: KafkaSasl;
  /** Where to begin in a partition of which the group knows nothing. */
  from?: 'earliest' | 'latest';
}
