import type { KafkaConnection } from '../../lib/kafka/connection-settings.ts';

export interface KafkaSettings extends KafkaConnection {
  topic: string;
  /** Members of one group share the partitions. */
  group: string;
  /** Where to begin in a partition of which the group knows nothing. */
  from?: 'earliest' | 'latest';
}
