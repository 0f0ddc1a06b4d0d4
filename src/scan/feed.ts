import type { ReadInto } from './scan-window.ts';

/**
 * Stands between a source and a window where the bytes of the source only carry the text that is to be read: in JSON,
 * behind the header of a container runtime, in another language. Offsets are those of the source; of the text they go on
 * from where it was restarted.
 */
export interface Feed {
  /** Source and text are the same, so far. Asked for each record: no accessor, which would make the object a slow one. */
  isPlain: boolean;
  /** What was taken away, the outermost first, as people call it; of the part that is being read. */
  envelopes(): readonly string[];
  /** What the server speaks: a language by its English name; `unknown`: not English, but none that is known. */
  language(): string | undefined;
  /** What people should know of the source, told once each. */
  takeNotes(): string[];
  /** Reads from the source and puts up to `length` bytes of text at `bytes[at]`; 0: there are no more at present. */
  read(source: ReadInto, bytes: Uint8Array, at: number, length: number): Promise<number>;
  /** Another part of the source begins, or the same one at another place. */
  restart(offset: number): void;
  /** The source has no more bytes: what waits for the rest of its line is given by the next `read`. */
  finish(): void;
  /** Where what carries the text at an offset begins in the source. */
  sourceOffset(offset: number): number;
  /** Text before an offset is not asked about any more. */
  forget(offset: number): void;
}
