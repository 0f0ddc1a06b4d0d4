import { SnapshotError } from '../lib/snapshot/snapshot-scope.ts';
import type { Resource } from '../model/resource.ts';
import type { LiveWorld } from './live-judgement.ts';
import { STREAMS_KEY, type StreamsPlan } from './live-plan.ts';
import { type LiveStreams, openLiveStreams, type Recipient } from './live-streams.ts';
import type { Resident } from './resident.ts';
import type { Residents } from './residents.ts';
import type { ResourceStatus } from './thread-messages.ts';

/** The shared streams have their turn for so long. */
const SLICE_MS = 10;
const NAME = 'shared streams';

/** The shared streams of a thread, and who gets their records. */
export interface Sharing {
  /** Undefined where there are none. */
  readonly streams: LiveStreams | undefined;
  /** Opens them anew, with what was saved or what those before have come to. */
  open(plan: StreamsPlan, saved: Uint8Array | undefined): void;
  /** Nobody accepted the resource: its records are passed over, or refused for a reason. */
  passOver(resource: Resource, reason: string | undefined): void;
  /** Nothing is known of a resource any longer. */
  forget(key: string): void;
  /** A resource has become a resident. */
  opened(key: string): void;
  /** Gives them a turn if there may be something; false: nothing was. */
  work(): Promise<boolean>;
  look(now: number): void;
  takeStatus(): ResourceStatus[];
}

export interface SharingEvents {
  /** A record names a resource of which nothing is known: reading stops until it is. */
  found(resource: Resource): void;
  /** One line for the log. */
  note(text: string): void;
  beforeRecord(resident: Resident): void;
  wake(): void;
}

export function createSharing(residents: Pick<Residents, 'get'>, world: LiveWorld, events: SharingEvents): Sharing {
  let streams: LiveStreams | undefined;
  const passedOver = new Map<string, Recipient | string>();
  /** Of which it was told that they were found. */
  const asked = new Set<string>();
  let isReady = false;
  let isToldOf = true;
  let callTime = Number.POSITIVE_INFINITY;
  let first = Number.NaN;

  function recipientOf(resource: Resource): Recipient | string | undefined {
    const { key } = resource;
    const known = residents.get(key) ?? passedOver.get(key);
    if (known === undefined && !asked.has(key)) {
      asked.add(key);
      events.found(resource);
    }
    return known;
  }

  function wake(): void {
    isReady = true;
    events.wake();
  }

  function changed(): void {
    streams?.forgetOwners();
    wake();
  }

  function forget(key: string): void {
    asked.delete(key);
    passedOver.delete(key);
    changed();
  }

  function openWith(plan: StreamsPlan, saved: Uint8Array | undefined): LiveStreams {
    const beforeRecord = (recipient: Recipient) => events.beforeRecord(recipient as Resident);
    try {
      return openLiveStreams({ plan, saved, world, wake, recipientOf, beforeRecord });
    } catch (error) {
      if (!(error instanceof SnapshotError)) {
        throw error;
      }
      events.note(`are read again from their beginning: ${error.message}`);
      return openLiveStreams({ plan, saved: undefined, world, wake, recipientOf, beforeRecord });
    }
  }

  return {
    get streams() {
      return streams;
    },
    open(plan, saved) {
      const state = streams?.save().state ?? saved;
      streams?.close();
      streams = openWith(plan, state);
      wake();
    },
    passOver(resource, reason) {
      asked.delete(resource.key);
      passedOver.set(resource.key, reason ?? { resource, judgement: undefined });
      changed();
    },
    forget,
    opened: forget,
    async work() {
      if (streams === undefined || !isReady) {
        return false;
      }
      isReady = false;
      isToldOf = false;
      callTime = await streams.work(performance.now() + SLICE_MS);
      isReady ||= callTime === 0;
      return true;
    },
    look(now) {
      isReady ||= callTime <= now;
    },
    takeStatus() {
      if (streams === undefined || isToldOf) {
        return [];
      }
      isToldOf = true;
      const { newest, waitingBytes, counts } = streams;
      first = Number.isNaN(first) && Number.isFinite(newest) ? newest : first;
      return [{ key: STREAMS_KEY, name: NAME, first, newest, waitingBytes, counts, gaps: streams.takeGaps() }];
    },
  };
}
