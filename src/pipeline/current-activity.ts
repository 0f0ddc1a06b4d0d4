import type { Names } from '../lib/names.ts';
import { internNumbered } from '../lib/numbered-ids.ts';
import { grown } from '../lib/pair-table.ts';
import type { Activity, Id, KeptRecord, ReadRecorded, ReadStatement } from '../model/activity.ts';
import type { Engine } from '../model/resource.ts';
import type { Parser, RecordTeller, RecordView, Span } from '../parsers/parser.ts';
import type { OpeningLine, Sessions } from '../sessions/sessions.ts';
import { KeptCopy } from './kept-copy.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Where a record came from, for evidence. */
export interface Provenance {
  parser: Parser;
  reader: RecordTeller;
  sessions: Sessions;
  /** File that is being read. */
  source: string;
}

/** Who is behind a record; filled anew for each. */
export interface Who {
  /** Slot in the sessions of the source; 0 where there is none. */
  session: number;
  principal: Id;
  address: Id;
  isLate: boolean;
}

/** Not worked out yet. */
const UNKNOWN = -1;
const NO_LINES: readonly OpeningLine[] = [];
const NO_HASH = new Int32Array(0);

/** The one activity that detectors look at, filled anew for each record. What they seldom ask for is worked out then. */
export class CurrentActivity implements Activity {
  class = 0;
  time = 0;
  isLate = false;
  isRepeated = false;
  principal: Id = 0;
  address: Id = 0;
  session = 0;
  serial = 0;
  readonly directory: Vocabulary;
  private view!: RecordView;
  private provenance!: Provenance;
  private knownApplication: Id = UNKNOWN;
  /** By principal, the application that it used last: mostly it is the one that it uses now. */
  private latestApplications = new Int32Array(64);
  /** The same, where the log has its name as it is; else 0. */
  private recordedApplications = new Int32Array(64);

  constructor(vocabulary: Vocabulary) {
    this.directory = vocabulary;
  }

  /** Points at a record, seen as an activity of the given class. */
  fill(activityClass: number, view: RecordView, provenance: Provenance, who: Who): void {
    this.view = view;
    this.provenance = provenance;
    this.serial = nextSerial();
    this.class = activityClass;
    this.time = view.time;
    this.isLate = who.isLate;
    this.isRepeated = false;
    this.session = who.session;
    this.principal = who.principal;
    this.address = who.address;
    this.knownApplication = UNKNOWN;
  }

  get engine(): Engine {
    return this.view.engine;
  }

  get failure(): number {
    return this.view.failure;
  }

  get responseBytes(): number {
    return this.view.responseBytes;
  }

  get place(): Id {
    return this.directory.placeOf(this.address);
  }

  get database(): Id {
    this.provenance.reader.findClient();
    return idOf(this.directory.databases, this.provenance.reader, this.view.database);
  }

  /** Several detectors ask for it: it is worked out once. */
  get application(): Id {
    if (this.knownApplication === UNKNOWN) {
      this.knownApplication = this.findApplication();
    }
    return this.knownApplication;
  }

  private findApplication(): Id {
    const { reader } = this.provenance;
    reader.findApplication();
    const { words } = reader.window;
    const recorded = this.view.application;
    const { principal, recordedApplications } = this;
    const { applications } = this.directory;
    if ((recorded.number ?? 0) !== 0) {
      return idOf(applications, reader, recorded);
    }
    const known = principal < recordedApplications.length ? recordedApplications[principal]! : 0;
    if (applications.isTextOf(known, words, recorded.start, recorded.end)) {
      return known;
    }
    const { start, end } = reader.plain(recorded);
    return this.applicationOf(words, start, end, start === recorded.start);
  }

  private applicationOf(words: DataView, start: number, end: number, isRecorded: boolean): Id {
    const { principal, latestApplications } = this;
    const { applications } = this.directory;
    const latest = principal < latestApplications.length ? latestApplications[principal]! : 0;
    const isLatest = applications.isTextOf(latest, words, start, end);
    const application = isLatest ? latest : applications.intern(words, start, end);
    if (principal >= latestApplications.length) {
      this.latestApplications = grown(latestApplications, 2 * principal);
      this.recordedApplications = grown(this.recordedApplications, 2 * principal);
    }
    this.latestApplications[principal] = application;
    this.recordedApplications[principal] = isRecorded ? application : 0;
    return application;
  }

  /** Ids may stand for other texts from now on. */
  forgetIds(): void {
    this.latestApplications.fill(0);
    this.recordedApplications.fill(0);
  }

  get status(): number {
    return this.view.status;
  }

  get sessionHigh(): number {
    return this.view.sessionHigh;
  }

  get sessionLow(): number {
    return this.view.sessionLow;
  }

  get source(): string {
    return this.provenance.source;
  }

  get byteOffset(): number {
    return this.provenance.reader.window.offsetOf(this.view.record.start);
  }

  get protection(): number {
    return this.provenance.reader.protection();
  }

  get operation(): Id {
    this.provenance.reader.findRequest();
    return idOf(this.directory.words, this.provenance.reader, this.view.operation);
  }

  get container(): Id {
    this.provenance.reader.findRequest();
    return idOf(this.directory.words, this.provenance.reader, this.view.container);
  }

  statementText(): string {
    return this.readStatement((bytes, start, end) => decoder.decode(bytes.subarray(start, end)));
  }

  readStatement<T>(read: ReadStatement<T>): T {
    const { reader } = this.provenance;
    reader.findRequest();
    const { start, end } = reader.plain(this.view.statement, STATEMENT_BYTES);
    return read(reader.window.bytes, start, Math.min(end, start + STATEMENT_BYTES));
  }

  rowCount(): number {
    return this.provenance.reader.rowCount?.() ?? -1;
  }

  readRecorded<T>(read: ReadRecorded<T>): T | undefined {
    const { parser, reader } = this.provenance;
    const span = reader.recordedStatement?.();
    return span === undefined ? undefined : read(reader.window.words, span.start, span.end, parser);
  }

  /** What the log holds as the statement, as `TextHash` tells texts apart; none where equal bytes may be other statements. */
  statementHash(): Int32Array {
    const { reader } = this.provenance;
    const span = reader.recordedStatement?.();
    return span === undefined ? NO_HASH : reader.window.hash.of(span.start, span.end);
  }

  keep(): KeptRecord[] {
    const { parser, reader, sessions, source } = this.provenance;
    const own = this.byteOffset;
    const kept: KeptRecord[] = [];
    for (const line of this.session === 0 ? NO_LINES : sessions.lines(this.session)) {
      if (line.byteOffset < own) {
        kept.push(new KeptCopy(this.time, parser, source, line));
      }
    }
    const { start, end } = this.view.record;
    kept.push(new KeptCopy(this.time, parser, source, { byteOffset: own, bytes: reader.window.bytes, start, end }));
    return kept;
  }
}

let latestSerial = 0;

/** A number that no activity of this thread has had. */
export function nextSerial(): number {
  latestSerial++;
  return latestSerial;
}

/** What is judged of a statement: an attack stands near its beginning or repeats itself. */
const STATEMENT_BYTES = 16_384;
const decoder = new TextDecoder();

/** The id of a text in the record that is being read. */
export function idOf(names: Names, reader: RecordTeller, span: Span): Id {
  const { start, end, number = 0 } = reader.plain(span);
  const { words } = reader.window;
  return number === 0 ? names.intern(words, start, end) : internNumbered(names, number, words, start, end);
}
