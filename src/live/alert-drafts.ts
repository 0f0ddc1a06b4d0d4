import { type AlertBook, type AlertRecord, OPEN_MS } from '../alerts/alert-book.ts';
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

/** What of a resource's alerts has changed since it was last asked. */
export interface AlertDrafts {
  /** @param time event time */
  take(time: number): AlertDraft[];
}

export function createAlertDrafts(resource: Resource, book: AlertBook): AlertDrafts {
  /** Versions that were given away, by name. */
  const given = new Map<string, number>();
  let taken = -1;
  let nextLook = Number.NEGATIVE_INFINITY;

  function forgetOld(stories: readonly Story[], time: number): void {
    nextLook = time + LOOK_MS;
    const old = stories.filter(({ endTime }) => endTime < time - FORGET_MS);
    book.forget(new Set(old.flatMap(({ parts }) => parts)), time - FORGET_MS);
    for (const { alert } of old.flatMap(({ told }) => told)) {
      given.delete(alert.name);
    }
  }

  return {
    take(time) {
      const revision = book.revision();
      if (revision === taken) {
        return [];
      }
      taken = revision;
      const stories = storiesOf(resource, book.alerts());
      const changed: AlertDraft[] = [];
      for (const { version, told } of stories) {
        for (const { alert, parts, context } of told) {
          if (version > (given.get(alert.name) ?? 0)) {
            given.set(alert.name, version);
            changed.push({
              alert: toAzureAlert(alert, context),
              version,
              startTime: alert.startTime,
              background: backgroundOf(alert, parts),
            });
          }
        }
      }
      if (time >= nextLook) {
        forgetOld(stories, time);
      }
      return changed;
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
