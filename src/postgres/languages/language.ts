/** A message with `%s` and the like where the server puts something: translated, then in English. */
export type MessagePair = readonly [translated: string, english: string];

/** How a server whose `lc_messages` is of one language says what Vedette reads. Facts from PostgreSQL's own translations. */
export interface LanguageTable {
  /** In English. */
  name: string;
  /** `FEHLER` → `ERROR`: what stands in front of a text, without its colon. */
  words: Readonly<Record<string, string>>;
  /** `[unknown]`, which stands in a prefix for names that are not told yet. */
  unknown: string;
  /** Messages and details, whole. */
  messages: readonly MessagePair[];
  /** What is added to `connection authorized`. */
  parts: readonly MessagePair[];
  /** Errors that tell something of a statement's text; too many begin alike to tell a language. */
  errors: readonly MessagePair[];
  /** ` at character %d`, which stands behind errors in a log of text. */
  position: string;
}
