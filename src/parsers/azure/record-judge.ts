import { Category, categoryOf } from '../../azure/category.ts';
import { Member, PACKED_MEMBERS, SCOPE_OF_MEMBER } from '../../azure/member.ts';
import { MEMBER_KEYS } from '../../azure/member-keys.ts';
import { createPackedTexts, type PackedTexts } from '../../azure/packed-texts.ts';
import { createRecordTimeReader } from '../../azure/record-time.ts';
import { walkText } from '../../azure/text-walker.ts';
import { type ReaderOptions, type Span, Step } from '../parser.ts';
import { createActivityLogReader } from './activity-log.ts';
import { type CategoryReader, put, type WalkedRecord } from './category-reader.ts';
import { createControlPlaneRequestReader } from './control-plane-requests.ts';
import { createDataPlaneRequestReader } from './data-plane-requests.ts';
import type { SessionOrigins } from './own-connections.ts';
import { createPostgresqlLogReader } from './postgresql-logs.ts';
import { createQueryStatisticsReader } from './query-statistics.ts';

const OPEN_BRACE = 0x7b;
const FOREIGN = 'no record of Azure: neither category nor resource nor operation';

/** Says what a record is, whatever its category. */
export interface RecordJudge {
  judge(): Step;
  /** Of the category that was judged last. */
  readonly reader: CategoryReader;
  readonly texts: PackedTexts;
}

/** @param following where the statement of an error goes that another record tells */
export function createRecordJudge(
  record: WalkedRecord,
  options: ReaderOptions,
  following: Span,
  origins: SessionOrigins,
): RecordJudge {
  const { window, view, found } = record;
  const texts = createPackedTexts(window, 'record');
  const times = createRecordTimeReader();
  const logTimes = createRecordTimeReader();
  const packed: Span = { start: 0, end: 0 };
  const dataPlane = createDataPlaneRequestReader(record);
  const readers: Readonly<Record<Category, CategoryReader | undefined>> = {
    [Category.other]: undefined,
    [Category.dataPlaneRequests]: dataPlane,
    [Category.queryRuntimeStatistics]: createQueryStatisticsReader(record, texts),
    [Category.controlPlaneRequests]: createControlPlaneRequestReader(record),
    [Category.postgresqlLogs]: createPostgresqlLogReader(record, texts, options, following, origins),
    [Category.activityLog]: createActivityLogReader(record),
  };
  const judged = { judge, reader: dataPlane, texts };

  function judge(): Step {
    const category = readCategory();
    if (category === Category.other && isNamed()) {
      readTime();
      return Step.skipped; // of no interest, whatever it is like
    }
    if (category !== Category.other) {
      unpack();
    }
    const problem = category === Category.postgresqlLogs ? readLogTime() : readTime();
    if (problem !== '') {
      view.reason = problem;
      return Step.rejected;
    }
    const reader = readers[category];
    if (reader === undefined) {
      view.reason = FOREIGN;
      return isOfResource() ? Step.skipped : Step.rejected;
    }
    judged.reader = reader;
    return reader.judge();
  }

  function readCategory(): Category {
    const { words } = window;
    const told = categoryOf(words, found[2 * Member.category]!, found[2 * Member.category + 1]!);
    if (told !== Category.other) {
      return told;
    }
    return isNamed() ? categoryOf(words, found[2 * Member.type]!, found[2 * Member.type + 1]!) : categoryOfColumns();
  }

  /** Of a row of which a query left neither category nor table: what it has tells. */
  function categoryOfColumns(): Category {
    const has = (member: Member) => found[2 * member]! < found[2 * member + 1]!;
    if (!has(Member.time)) {
      return Category.other;
    }
    if (has(Member.queryText)) {
      return Category.queryRuntimeStatistics;
    }
    if (has(Member.clientIpAddress) && has(Member.statusCode)) {
      return Category.dataPlaneRequests;
    }
    return has(Member.message) && has(Member.errorLevel) ? Category.postgresqlLogs : Category.other;
  }

  /** Whether the record names a category or a table. */
  function isNamed(): boolean {
    return found[2 * Member.category] !== 0 || found[2 * Member.type] !== 0;
  }

  /** Whether the record names what it is of, or what was done there: hardly any other program's does. */
  function isOfResource(): boolean {
    return found[2 * Member.resourceId] !== 0 || found[2 * Member.operationName] !== 0;
  }

  /** What is wrong with the record's time; empty when nothing is. */
  function readTime(): string {
    const start = found[2 * Member.time]!;
    if (start === 0) {
      view.time = Number.NaN;
      return 'a record without a time';
    }
    view.time = times.read(window.bytes, window.words, start, found[2 * Member.time + 1]!);
    return Number.isNaN(view.time) ? times.problem : '';
  }

  /** The server's own time of a message is more exact than the envelope's, which some exports leave out. */
  function readLogTime(): string {
    const start = found[2 * Member.timestamp]!;
    view.time =
      start === 0 ? Number.NaN : logTimes.read(window.bytes, window.words, start, found[2 * Member.timestamp + 1]!);
    return Number.isNaN(view.time) ? readTime() : '';
  }

  /** Some exports write objects as strings that hold JSON. */
  function unpack(): void {
    texts.clear();
    if (
      (found[2 * Member.properties]! |
        found[2 * Member.identity]! |
        found[2 * Member.claims]! |
        found[2 * Member.httpRequest]!) ===
      0
    ) {
      return;
    }
    for (let i = 0; i < PACKED_MEMBERS.length; i++) {
      const member = PACKED_MEMBERS[i]!;
      if (found[2 * member] !== 0) {
        put(record, member, packed);
        found[2 * member] = 0;
        if (window.bytes[packed.start] === OPEN_BRACE) {
          texts.unpack(packed);
          walkText(window.bytes, window.words, packed, SCOPE_OF_MEMBER[member]!, MEMBER_KEYS, found);
        }
      }
    }
  }

  return judged;
}
