import { grown } from '../lib/pair-table.ts';
import type { Activity, Id } from '../model/activity.ts';
import { familyOf } from './application-family-of.ts';
import { isToolOfPeople } from './hand-tools.ts';

/** Families that have a number; all beyond are one: a client that makes up names has used up its own habits long before. */
const MAX_FAMILIES = 65_536;

/** Number of the family of clients that give no name. */
export const NO_NAME = 1;
const BEYOND = 2;

/** The families of applications of one resource: their names, and numbers that stand for them. */
export class Families {
  static readonly omits = ['toolsOfPeople'];
  private readonly names = ['', '', '(others)'];
  private readonly numbers = new Map<string, number>([['', NO_NAME]]);
  /** By id of the application; 0 is not looked up. */
  private byId = new Int32Array(0);

  /** By family, as far as it was asked for. */
  private toolsOfPeople: boolean[] = [];

  restored(): void {
    this.toolsOfPeople = [];
  }

  numberOf(activity: Pick<Activity, 'application' | 'directory'>): number {
    const { application } = activity;
    if (application === 0) {
      return NO_NAME;
    }
    if (application >= this.byId.length) {
      this.byId = grown(this.byId, 2 * (application + 1));
    }
    return this.byId[application]! || this.lookUp(application, activity);
  }

  nameOf(family: number): string {
    return this.names[family] ?? '';
  }

  /** Whether people write statements in it, or look at data. */
  isToolOfPeople(family: number): boolean {
    this.toolsOfPeople[family] ??= isToolOfPeople(this.nameOf(family));
    return this.toolsOfPeople[family];
  }

  /** The number of a family by its name; undefined: there is none. */
  find(name: string): number | undefined {
    return this.numbers.get(name);
  }

  /** Ids may be given to other applications from here on. */
  forgetIds(): void {
    this.byId.fill(0);
  }

  private lookUp(application: Id, { directory }: Pick<Activity, 'directory'>): number {
    const name = familyOf(directory.application(application));
    let family = this.numbers.get(name);
    if (family === undefined) {
      family = this.names.length < MAX_FAMILIES ? this.names.push(name) - 1 : BEYOND;
      if (family !== BEYOND) {
        this.numbers.set(name, family);
      }
    }
    this.byId[application] = family;
    return family;
  }
}
