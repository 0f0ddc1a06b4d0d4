import { Names } from '../lib/names.ts';
import type { RecordReader, RecordTeller, RecordView, Span } from '../parsers/parser.ts';
import type { RecordOrigin } from './log.ts';
import type { SourceStream } from './source-stream.ts';

/** Records held at a time. */
const MAX_HELD = 16_384;
/** Words kept of a record: two cache lines. The first four are two numbers of 64 bits. */
const STRIDE = 32;
const Column = {
  time: 0,
  responseBytes: 1,
  origin: 4,
  class: 5,
  status: 6,
  failure: 7,
  sessionHigh: 8,
  sessionLow: 9,
  record: 10,
  principal: 12,
  database: 14,
  address: 16,
  application: 18,
  operation: 20,
  container: 22,
  principalNumber: 24,
  addressNumber: 25,
  applicationNumber: 26,
  containerNumber: 27,
} as const;

/** What views say that tell all of their records by themselves, for as long as the bytes of these stay where they are. */
export class HeldRecords {
  private readonly rows = new Int32Array(MAX_HELD * STRIDE);
  /** The same memory as `rows`. */
  private readonly numbers = new Float64Array(this.rows.buffer);
  private readonly origins: HeldPlace[] = [];
  private readonly views: RecordView[] = [];
  private readonly indexOf = new Map<SourceStream, number>();
  /** Texts of all resources: each is looked for while its bytes are near, and has a number from then on. */
  private texts = new Names();
  /** Numbers of texts that were forgotten. */
  private formerNumbers = 0;
  count = 0;

  get isFull(): boolean {
    return this.count === MAX_HELD;
  }

  /** Forgets all records. */
  clear(): void {
    this.count = 0;
    if (this.texts.isCrowded) {
      this.formerNumbers += this.texts.limit;
      this.texts = new Names();
    }
  }

  /** Holds the record in view of a stream, which must tell all by itself. Its number, for `show`. */
  add(stream: SourceStream): number {
    const { reader } = stream;
    const { view } = reader;
    reader.findClient();
    reader.findApplication();
    reader.findRequest();
    const number = this.count++;
    const at = number * STRIDE;
    const { rows, numbers } = this;
    numbers[at / 2 + Column.time] = view.time;
    numbers[at / 2 + Column.responseBytes] = view.responseBytes;
    rows[at + Column.origin] = this.indexOf.get(stream) ?? this.addOrigin(stream);
    rows[at + Column.class] = view.class;
    rows[at + Column.status] = view.status;
    rows[at + Column.failure] = view.failure;
    rows[at + Column.sessionHigh] = view.sessionHigh;
    rows[at + Column.sessionLow] = view.sessionLow;
    putSpan(rows, at + Column.record, view.record);
    putSpan(rows, at + Column.principal, view.principal);
    putSpan(rows, at + Column.database, view.database);
    putSpan(rows, at + Column.address, view.address);
    putSpan(rows, at + Column.application, view.application);
    putSpan(rows, at + Column.operation, view.operation);
    putSpan(rows, at + Column.container, view.container);
    const { words } = reader.window;
    rows[at + Column.principalNumber] = this.numberOf(words, view.principal);
    rows[at + Column.addressNumber] = this.numberOf(words, view.address);
    rows[at + Column.applicationNumber] = this.numberOf(words, view.application);
    rows[at + Column.containerNumber] = this.numberOf(words, view.container);
    return number;
  }

  /** Brings a record into the view of its origin. */
  show(number: number): HeldPlace {
    const at = number * STRIDE;
    const { rows, numbers } = this;
    const origin = rows[at + Column.origin]!;
    const view = this.views[origin]!;
    view.time = numbers[at / 2 + Column.time]!;
    view.responseBytes = numbers[at / 2 + Column.responseBytes]!;
    view.class = rows[at + Column.class]!;
    view.status = rows[at + Column.status]!;
    view.failure = rows[at + Column.failure]!;
    view.sessionHigh = rows[at + Column.sessionHigh]!;
    view.sessionLow = rows[at + Column.sessionLow]!;
    takeSpan(rows, at + Column.record, view.record);
    takeSpan(rows, at + Column.principal, view.principal);
    takeSpan(rows, at + Column.database, view.database);
    takeSpan(rows, at + Column.address, view.address);
    takeSpan(rows, at + Column.application, view.application);
    takeSpan(rows, at + Column.operation, view.operation);
    takeSpan(rows, at + Column.container, view.container);
    view.principal.number = rows[at + Column.principalNumber]!;
    view.address.number = rows[at + Column.addressNumber]!;
    view.application.number = rows[at + Column.applicationNumber]!;
    view.container.number = rows[at + Column.containerNumber]!;
    return this.origins[origin]!;
  }

  private numberOf(words: DataView, { start, end }: Span): number {
    const id = this.texts.intern(words, start, end);
    return id === 0 ? 0 : this.formerNumbers + id;
  }

  private addOrigin(stream: SourceStream): number {
    const view = viewLike(stream.reader.view);
    const index = this.views.push(view) - 1;
    this.origins.push(new HeldPlace(stream, tellerOf(stream.reader, view)));
    this.indexOf.set(stream, index);
    return index;
  }
}

/** Where held records come from. */
class HeldPlace implements RecordOrigin {
  /** Each resource has a time of its own. */
  readonly isLate = false;
  readonly reader: RecordTeller;
  private readonly stream: SourceStream;

  constructor(stream: SourceStream, reader: RecordTeller) {
    this.stream = stream;
    this.reader = reader;
  }

  get parser() {
    return this.stream.parser;
  }

  get source() {
    return this.stream.source;
  }
}

/** A view of its own, of the same engine; what is not held is empty in it. */
function viewLike(view: RecordView): RecordView {
  const span = () => ({ start: 0, end: 0, number: 0 });
  return {
    ...view,
    record: span(),
    principal: span(),
    database: span(),
    address: span(),
    application: span(),
    operation: span(),
    container: span(),
    statement: span(),
    resource: span(),
  };
}

/** All stands in the view already, and as it is. */
function tellerOf({ window }: RecordReader, view: RecordView): RecordTeller {
  return {
    window,
    view,
    findClient() {},
    findApplication() {},
    findRequest() {},
    protection: () => 0,
    plain: (span) => span,
  };
}

function putSpan(rows: Int32Array, at: number, { start, end }: Span): void {
  rows[at] = start;
  rows[at + 1] = end;
}

function takeSpan(rows: Int32Array, at: number, span: Span): void {
  span.start = rows[at]!;
  span.end = rows[at + 1]!;
}
