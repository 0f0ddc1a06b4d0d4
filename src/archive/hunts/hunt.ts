/** A question to the archive that is worth asking again and again. */
export interface Hunt {
  /** Its name in commands, routes and the page. */
  id: string;
  title: string;
  /** What it finds, and why that matters. */
  finds: string;
  /** How to tell what is harmless from what is not. */
  reading: string;
  /** How far back it looks where nobody says otherwise; older activities tell what was known before. */
  days: number;
  /**
   * A query over the views that experts use. `getvariable('since')` and `getvariable('until')` are the time that is looked
   * at, both TIMESTAMPTZ; nothing later than `until` is in the views.
   */
  sql: string;
}

export const SINCE = "getvariable('since')";
