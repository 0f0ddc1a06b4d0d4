import type { AlertMatch, MaintenanceWindow } from '../model/notification-rules.ts';
import type { Severity } from '../model/severity.ts';
import type { StoredAlert } from '../store/alert-store.ts';

/** A channel, and how it fares. */
export interface ChannelStatus {
  name: string;
  /** Id of its notifier. */
  kind: string;
  /** Of the notifier, for people. */
  title: string;
  minimalSeverity: Severity;
  only: readonly AlertMatch[];
  except: readonly AlertMatch[];
  /** Messages by state. */
  waiting: number;
  sent: number;
  dead: number;
  silenced: number;
  /** When the oldest waiting message was due, milliseconds since the epoch. */
  waitingSince?: number;
}

/** A channel by name, a rule that is not there yet, or (neither) everything as it is configured. */
export interface PreviewRequest {
  channel?: string;
  rule?: { minimalSeverity: Severity; only: readonly AlertMatch[]; except: readonly AlertMatch[] };
  /** Alerts that started earlier are not looked at. Milliseconds since the epoch. */
  from: number;
  /** Limits what is looked at, as in `AlertFilter`. */
  scopes?: readonly string[];
}

export interface Preview {
  /** How many alerts were looked at, and how many of them would have been told. */
  examined: number;
  matched: number;
  /** The newest of those that would have been told. */
  alerts: readonly PreviewedAlert[];
}

export interface PreviewedAlert {
  stored: StoredAlert;
  /** Names of channels; persons as `mailto:ADDRESS`. */
  channels: readonly string[];
  /** Why it would have been kept from being told all the same. */
  silenced?: string;
}

/** What people see of the notifications, and may try. */
export interface Notifications {
  channels(): Promise<ChannelStatus[]>;
  /** Tells a sample at once, past the outbox; resolves with why it did not arrive. Rejects for an unknown channel. */
  test(channel: string, by: string): Promise<string | undefined>;
  preview(request: PreviewRequest): Promise<Preview>;
  /** Times in which nobody is told, as the file has them. */
  maintenance(): readonly MaintenanceWindow[];
}
