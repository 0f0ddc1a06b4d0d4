import type { RawLine } from '../src/model/activity.ts';
import type { Alert } from '../src/model/alert.ts';

/** What an alert shows to support itself; `Alert` leaves the shape open, as Azure does. */
export interface Evidence {
  type: string;
  title: string;
  columns: string[];
  rows: string[][];
  observed: Record<string, string>;
  score: { value: number; threshold: number; unit: string };
  rawLines: RawLine[];
}

export function evidenceOf({ properties }: Alert): Evidence {
  return properties.supportingEvidence as unknown as Evidence;
}

/** One text of all entities of a type, such as the `name` of each `account`. */
export function entityTexts({ properties }: Alert, type: string, member: string): string[] {
  return properties.entities.filter((entity) => entity.type === type).map((entity) => String(entity[member]));
}

/** Addresses that an alert is about. */
export function addressesOf(alert: Alert): string[] {
  return entityTexts(alert, 'ip', 'address');
}

/** Principals that an alert is about. */
export function principalsOf(alert: Alert): string[] {
  return entityTexts(alert, 'account', 'name');
}
