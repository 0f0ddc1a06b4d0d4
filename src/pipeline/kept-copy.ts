import { isSealing, sealEvidence } from '../lib/evidence-seal.ts';
import type { Renaming } from '../lib/renaming.ts';
import { withoutSecrets } from '../lib/without-secrets.ts';
import type { KeptRecord, RawLine } from '../model/activity.ts';
import type { Parser } from '../parsers/parser.ts';

/** Longer records are cut in evidence: the rest is found by source and offset. */
const EVIDENCE_BYTES = 4000;

const decoder = new TextDecoder();

/** Where a record stands in the source, and in bytes. */
interface RecordPlace {
  byteOffset: number;
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** A copy of a record. */
export class KeptCopy implements KeptRecord {
  readonly time: number;
  readonly source: string;
  readonly byteOffset: number;
  private readonly parser: Parser;
  /** A character for each byte: made and held at less than half of what an array costs. In states of 0.1 an array. */
  private bytes: string | Uint8Array;
  private readonly isCut: boolean;

  constructor(time: number, parser: Parser, source: string, { byteOffset, bytes, start, end }: RecordPlace) {
    const length = Math.min(end - start, EVIDENCE_BYTES);
    this.time = time;
    this.parser = parser;
    this.source = source;
    this.byteOffset = byteOffset;
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('latin1');
    this.isCut = end - start > EVIDENCE_BYTES;
  }

  show(): RawLine {
    const { source, byteOffset } = this;
    const text = this.parser.redact(this.copied());
    const sealed = isSealing() ? this.seal(text) : undefined;
    return { source, byteOffset, text: text + this.end, ...(sealed !== undefined && { sealed }) };
  }

  rename({ text: renamed }: Renaming): void {
    const text = decoder.decode(this.copied());
    const instead = renamed(text);
    this.bytes = instead === text ? this.bytes : Buffer.from(instead).toString('latin1');
  }

  private copied(): Uint8Array {
    return typeof this.bytes === 'string' ? Buffer.from(this.bytes, 'latin1') : this.bytes;
  }

  private get end(): string {
    return this.isCut ? '…' : '';
  }

  /** What a cut has left of a secret may not look like one: the last word goes, too. */
  private seal(masked: string): string | undefined {
    const record = decoder.decode(this.copied());
    const whole = withoutSecrets(this.isCut ? record.replace(/[^\s'"]*$/, '') : record);
    return whole === undefined || whole === masked
      ? undefined
      : sealEvidence(whole + this.end, String(this.byteOffset));
  }
}
