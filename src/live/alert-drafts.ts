import type { AlertBook, AlertRecord } from '../alerts/alert-book.ts';
import { createFindingsAtHand } from '../alerts/findings-at-hand.ts';
import { OPEN_MS } from '../alerts/open-time.ts';
import { createStoryGroups, type StoryGroup } from '../alerts/story-groups.ts';
import { toAzureAlert } from '../alerts/to-azure-alert.ts';
import { type Story, storiesOf } from '../alerts/told-alerts.ts';
import type { Alert } from '../model/alert.ts';
import type { MatterKey } from '../model/decision.ts';
import type { Resource } from '../model/resource.ts';
import type { AlertBackground, SealedLine } from '../store/alert-store.ts';

/** An alert as it is now. */
export interface AlertDraft {
  alert: Alert;
  /** Higher with each change; the same for the same history. */
  version: number;
  startTime: number;
  background: AlertBackground;
}

/** Told alerts are forgotten when nothing can join them any longer: late records have as much again. */
const FORGET_MS = 2 * OPEN_MS;
/** Event time between two looks at what can be forgotten. */
const LOOK_MS = 3_600_000;

/** Alerts that were told last have their findings at hand; those of the others are packed. */
const AT_HAND = 512;
/** Of a book that was restored. */
const RESTORED_AT_ONCE = 256;

/** What of a resource's alerts has changed since it was last asked. */
export interface AlertDrafts {
  /** @param time event time */
  take(time: number): AlertDraft[];
}

export function createAlertDrafts(resource: Resource, book: AlertBook): AlertDrafts {
  /** Versions that were given away, by name. */
  const given = new Map<string, number>();
  const groups = createStoryGroups();
  const atHand = createFindingsAtHand(AT_HAND, () => book.bases());
  /** Told before, by whoever saved the book: they are told again, some at a time. */
  let restored = [...book.alerts()];
  let nextLook = Number.NEGATIVE_INFINITY;
  for (const record of restored) {
    groups.note(record);
  }

  function forgetOld(time: number): void {
    nextLook = time + LOOK_MS;
    const old = groups.stories().filter(({ endTime }) => endTime < time - FORGET_MS);
    const parts = new Set(old.flatMap((story) => story.parts));
    book.forget(parts, time - FORGET_MS);
    groups.forget(parts);
    atHand.forget(parts);
    restored = restored.filter((record) => !parts.has(record));
    for (const name of old.flatMap(({ names }) => names)) {
      given.delete(name);
    }
  }

  /** The drafts of a story that have changed. */
  function draftsOf({ version, told }: Story): AlertDraft[] {
    const changed = told.filter(({ alert }) => version > (given.get(alert.name) ?? 0));
    return changed.map(({ alert, parts, context }) => {
      given.set(alert.name, version);
      return {
        alert: toAzureAlert(alert, context),
        version,
        startTime: alert.startTime,
        background: backgroundOf(alert, parts),
      };
    });
  }

  function tell(group: StoryGroup): { order: number; drafts: AlertDraft[] }[] {
    const records = groups.alertsOf(group);
    atHand.take(records);
    const stories = storiesOf(resource, records);
    group.stories = stories.map(({ parts, endTime, told }) => {
      return { parts, endTime, names: told.map(({ alert }) => alert.name) };
    });
    return stories.map((story) => {
      const order = story.parts.reduce(
        (least, part) => Math.min(least, groups.orderOf(part)),
        Number.POSITIVE_INFINITY,
      );
      return { order, drafts: draftsOf(story) };
    });
  }

  return {
    take(time) {
      const noted = [...book.takeChanged(), ...restored.splice(0, RESTORED_AT_ONCE)];
      if (noted.length === 0) {
        return [];
      }
      for (const record of noted) {
        groups.note(record);
      }
      const changed = new Set(noted.map((record) => groups.note(record)));
      const told = [...changed].flatMap(tell).sort((a, b) => a.order - b.order);
      if (time >= nextLook) {
        forgetOld(time);
      }
      atHand.pack();
      return told.flatMap(({ drafts }) => drafts);
    },
  };
}

function backgroundOf({ finding }: AlertRecord, parts: readonly AlertRecord[]): AlertBackground {
  const sealed = finding.rawLines
    .filter((line) => line.sealed !== undefined)
    .map(({ source, byteOffset, sealed: text = '' }): SealedLine => ({ source, byteOffset, sealed: text }));
  return { matters: parts.map(matterOf), ...(sealed.length > 0 && { sealed: Buffer.from(JSON.stringify(sealed)) }) };
}

function matterOf({ detector, finding }: AlertRecord): MatterKey {
  const { dedupKey: key, severity, score } = finding;
  return { detector, key, severity, score: score.value, unit: score.unit };
}
