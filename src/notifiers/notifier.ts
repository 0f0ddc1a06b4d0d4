import type { z } from 'zod';
import type { Alert } from '../model/alert.ts';
import type { Severity } from '../model/severity.ts';

/** One version of an alert, to be told on one channel. */
export interface Notice {
  /** The same however often it is sent: receivers know a repetition by it. */
  id: string;
  alert: Alert;
  /** Whether it was told on this channel before, as a milder one. */
  isUpdate: boolean;
  /** Which of them people look at: the alert's page. Absent where the portal's address is not configured. */
  portalUrl?: string;
  /** When the alert reached this version, and when it was first to be told (a digest tells later). Milliseconds since the epoch. */
  createdTime: number;
  plannedTime: number;
}

/** What is told together, and what waits. */
export interface Pace {
  deliveries: readonly (readonly Notice[])[];
  held: readonly { id: string; until: number; why: string }[];
}

/** What a channel knows of the world besides its settings. */
export interface Surroundings {
  /** Of Vedette. */
  version: string;
  /** Milliseconds since the epoch. */
  clock: () => number;
}

/** A way to tell somebody, opened with the settings of one channel. */
export interface Channel {
  /** How many notices one delivery may hold. */
  readonly batch: number;
  /**
   * Tells all of them, or rejects: with `DeliveryError` where the receiver refused, with anything else where it could
   * not be reached. What was rejected is told again, so the receiver may see a notice twice, and knows it by its id.
   * Must end within `signal`, and must not log or throw a secret.
   */
  deliver(notices: readonly Notice[], signal: AbortSignal): Promise<void>;
  /** Whether it is told, too, what people decide about an alert: its status says it. */
  readonly tellsDecisions?: boolean;
  /** When an alert of this severity is told at the earliest, milliseconds since the epoch. Absent: at once. */
  dueTime?(severity: Severity, time: number): number;
  /** Divides all that is due into deliveries, for a receiver that must not be flooded. Absent: each is told at once. */
  pace?(due: readonly Notice[], time: number): Pace;
  /** When messages were told lately, one entry each, milliseconds since the epoch: before the first `pace`. */
  recall?(sentTimes: readonly number[]): void;
  close(): Promise<void>;
}

/** How one person is told by the settings of a channel, in place of those whom the channel tells. */
export interface Personal<Settings = unknown> {
  settingsFor(settings: Settings, address: string): Settings;
  /** Lest somebody be told twice. */
  addressesIn(settings: Settings): readonly string[];
}

/** One kind of receiver. The id is the folder, the key in the configuration, and the beginning of a channel's name. */
export interface Notifier {
  readonly id: string;
  readonly title: string;
  readonly settings: z.ZodObject;
  /** @param settings as parsed by `settings`, secrets filled in */
  open(settings: unknown, surroundings: Surroundings): Channel;
  /** Absent: it knows no persons. */
  readonly personal?: Personal;
}

/** Gives a notifier the shape in which it is listed; its settings stay its own. */
export function defineNotifier<Settings extends z.ZodObject>(definition: {
  id: string;
  title: string;
  settings: Settings;
  open(settings: z.output<Settings>, surroundings: Surroundings): Channel;
  personal?: Personal<z.output<Settings>>;
}): Notifier {
  const { id, title, settings: schema, personal } = definition;
  return {
    id,
    title,
    settings: schema,
    open: (settings, surroundings) => definition.open(schema.parse(settings), surroundings),
    ...(personal !== undefined && {
      personal: {
        settingsFor: (settings: unknown, address: string) => personal.settingsFor(schema.parse(settings), address),
        addressesIn: (settings: unknown) => personal.addressesIn(schema.parse(settings)),
      },
    }),
  };
}
