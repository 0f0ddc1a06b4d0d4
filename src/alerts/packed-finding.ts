import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { decodeSnapshot, encodeSnapshot } from '../lib/snapshot/snapshot.ts';
import type { EvidenceTimeline, Finding } from '../model/finding.ts';
import { type StoryLinks, storyLinksOf } from './story-links.ts';

/** The texts of a finding are short: more effort gains little. */
const PARAMS = { [constants.ZSTD_c_compressionLevel]: 3 };
const PLAIN = { classes: {} };
/** Kinds of findings are few; of more, each is packed by itself. */
const MOST_BASES = 256;

/** By kind, the first finding of it that was packed: the others differ from it in few words. Plain data. */
export type FindingBases = Map<string, Uint8Array>;

/**
 * A finding that was told, which is needed again when its alert grows or is told with others: a tenth of its memory. What
 * alerts are counted and linked by is at hand; everything else is unpacked each time that it is asked for.
 */
export class PackedFinding implements Finding {
  readonly dedupKey: string;
  readonly severity: Finding['severity'];
  readonly startTime: number;
  readonly endTime: number;
  readonly count: number;
  readonly links: StoryLinks;
  /** What it was packed with; shared by all of its kind. */
  private readonly base: Uint8Array;
  private readonly packed: Uint8Array;

  constructor(finding: Finding, bases: FindingBases) {
    this.dedupKey = finding.dedupKey;
    this.severity = finding.severity;
    this.startTime = finding.startTime;
    this.endTime = finding.endTime;
    this.count = finding.count;
    this.links = storyLinksOf(finding);
    const bytes = encodeSnapshot(finding, PLAIN);
    this.base = baseOf(bases, `${finding.alertType} ${finding.variant}`, bytes);
    this.packed = new Uint8Array(zstdCompressSync(bytes, { params: PARAMS, dictionary: this.base }));
  }

  /** The finding as it was. */
  unpacked(): Finding {
    return decodeSnapshot(zstdDecompressSync(this.packed, { dictionary: this.base }), PLAIN) as Finding;
  }

  get alertType(): Finding['alertType'] {
    return this.unpacked().alertType;
  }

  get variant(): Finding['variant'] {
    return this.unpacked().variant;
  }

  get displayName(): Finding['displayName'] {
    return this.unpacked().displayName;
  }

  get summary(): Finding['summary'] {
    return this.unpacked().summary;
  }

  get confidence(): Finding['confidence'] {
    return this.unpacked().confidence;
  }

  get attack(): Finding['attack'] {
    return this.unpacked().attack;
  }

  get entities(): Finding['entities'] {
    return this.unpacked().entities;
  }

  get score(): Finding['score'] {
    return this.unpacked().score;
  }

  get baseline(): Finding['baseline'] {
    return this.unpacked().baseline;
  }

  get observed(): Finding['observed'] {
    return this.unpacked().observed;
  }

  /** Undefined where the finding has none. */
  get timeline(): EvidenceTimeline {
    return this.unpacked().timeline!;
  }

  get rawLines(): Finding['rawLines'] {
    return this.unpacked().rawLines;
  }

  get guidance(): Finding['guidance'] {
    return this.unpacked().guidance;
  }

  get isLate(): Finding['isLate'] {
    return this.unpacked().isLate;
  }
}

function baseOf(bases: FindingBases, kind: string, bytes: Uint8Array): Uint8Array {
  const base = bases.get(kind) ?? new Uint8Array(bytes);
  if (bases.size < MOST_BASES) {
    bases.set(kind, base);
  }
  return base;
}

export function unpackedFinding(finding: Finding): Finding {
  return finding instanceof PackedFinding ? finding.unpacked() : finding;
}

/** See `storyLinksOf`. */
export function linksOf(finding: Finding): StoryLinks {
  return finding instanceof PackedFinding ? finding.links : storyLinksOf(finding);
}
