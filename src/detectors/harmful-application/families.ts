import { grown } from '../../lib/pair-table.ts';
import type { Activity, Id } from '../../model/activity.ts';
import { familyOf } from './family-of.ts';

/** Families that have a number; all beyond are one: a client that makes up names has used up its own habits long before. */
const MAX_FAMILIES = 65_536;

/** Number of the family of clients that give no name. */
export const NO_NAME = 1;
const BEYOND = 2;

/** The families of applications of one resource: their names, and numbers that stand for them. */
export interface Families {
  numberOf(activity: Activity): number;
  nameOf(family: number): string;
  /** Ids may be given to other applications from here on. */
  forgetIds(): void;
}

export function createFamilies(): Families {
  const names = ['', '', '(others)'];
  const numbers = new Map<string, number>([['', NO_NAME]]);
  /** By id of the application; 0 is not looked up. */
  let byId = new Int32Array(256);

  function lookUp(application: Id, { directory }: Activity): number {
    const name = familyOf(directory.application(application));
    let family = numbers.get(name);
    if (family === undefined) {
      family = names.length < MAX_FAMILIES ? names.push(name) - 1 : BEYOND;
      if (family !== BEYOND) {
        numbers.set(name, family);
      }
    }
    byId[application] = family;
    return family;
  }

  return {
    numberOf(activity) {
      const { application } = activity;
      if (application === 0) {
        return NO_NAME;
      }
      if (application >= byId.length) {
        byId = grown(byId, 2 * application);
      }
      return byId[application]! || lookUp(application, activity);
    },
    nameOf: (family) => names[family] ?? '',
    forgetIds: () => void byId.fill(0),
  };
}
