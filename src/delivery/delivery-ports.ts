import type { AlertStore } from '../store/alert-store.ts';
import type { Outbox } from '../store/outbox.ts';

/** What delivery needs of the rest. */
export interface DeliveryPorts {
  outbox: Outbox;
  alerts: AlertStore;
  /** Who sends: name of the host, blank, number of the process. */
  owner: string;
  /** Address of the portal as people reach it, without a slash at its end. */
  portalUrl: string | undefined;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** 0 inclusive to 1 exclusive. */
  random: () => number;
  log: { warn(facts: object, message: string): void };
}

/** What the outbox keeps with a message. */
export interface MessagePayload {
  /** When it was first to be told, milliseconds since the epoch. */
  plannedTime: number;
  /** Whether it tells what people decided about the alert. */
  isDecision?: true;
}
