import { containerHeader, tellsTime } from './logged-text.ts';
import { receiptHeader } from './receipt-header.ts';
import { msOf } from './received-time.ts';
import { createKeepingStage, createLineStage, type Emit, MAX_LINE_BYTES, type Stage } from './stage.ts';

/** Something that puts a header in front of each line. */
export interface LineHeader {
  /** As people call it. */
  name: string;
  /**
   * At the beginning of a line. A group called `partial` holds `P` where the line goes on in the next one; one called
   * `time` is when it was received, which is kept for lines that do not tell their time.
   */
  pattern: RegExp;
  /** No format reads it itself. */
  isUnread?: boolean;
}

/** One that is known, or one whose words the first lines tell. */
export type HeaderKind = LineHeader | { find: (lines: readonly string[]) => LineHeader | undefined };

/** Time and host, as syslog daemons write them; what they received may have that, too. */
const SYSLOG_HEADER =
  '(?:<\\d{1,3}>)?(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(?:Z|[+-]\\d\\d:\\d\\d)) [\\w.:-]+ ';

/** Whatever stands in front of an object of JSON: of a syslog daemon, a shipper, a consumer of Kafka. */
export const OBJECT_HEADER: LineHeader = {
  name: 'objects of JSON behind a header',
  pattern: /^(?![^{]*(?:: {2}|[A-Z]{3,}: ))(?:[^\p{Cc}{"[]|\t|\[[^\]]*\]){6,400}(?<=[ \t])(?=\{")/u,
};

/** No header is longer. */
const HEADER_BYTES = 512;
const NEWLINE = Buffer.from('\n');

/**
 * Headers that are told by their shape alone, and one whose lines must look like a log behind it: RFC 5424 and rsyslog
 * begin lines in the same way. `avn service logs` writes time, host, unit and what syslog was told.
 * Sources: github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md; `kubectl logs --prefix`;
 * `docker compose logs`; `docker logs --timestamps`; docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3Export.html;
 * `aws logs tail`.
 */
export const LINE_HEADERS: readonly HeaderKind[] = [
  {
    name: 'the log of a Kubernetes container',
    pattern: /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) std(?:out|err) (?<partial>[FP])(?::\S*)? /,
  },
  { name: 'the output of kubectl', pattern: /^\[pod\/[^\]\s]+\] / },
  { name: 'the output of Docker Compose', pattern: /^[\w.-]+ +\| / },
  { find: receiptHeader },
  {
    name: 'lines of a unit behind time and host',
    pattern: /^(?<time>\d{4}-\d\d-\d\dT[\d:.]+Z?) *[^\s:]+ [^\s:[\]]+ \[\d+-\d+\] /,
    isUnread: true,
  },
  {
    name: 'lines of a relay of syslog',
    pattern: new RegExp(`^${SYSLOG_HEADER}(?=${SYSLOG_HEADER}\\S+?\\[\\d+\\]: )`),
    isUnread: true,
  },
  OBJECT_HEADER,
];

/** Takes the header of each line away. Lines without one are given as they are. */
export function createHeadedLineStage({ pattern }: LineHeader, emit: Emit): Stage {
  let parts: Buffer[] = [];
  let partBytes = 0;
  let partOffset = 0;

  const lines = createLineStage((line, offset) => {
    const match = pattern.exec(line.toString('latin1', 0, HEADER_BYTES));
    const text = withoutHeader(line, match);
    partOffset = parts.length === 0 ? offset : partOffset;
    parts.push(text);
    partBytes += text.length;
    if (match?.groups?.partial !== 'P' || partBytes > MAX_LINE_BYTES) {
      give();
    }
  });

  function give(): void {
    if (parts.length > 0) {
      emit(Buffer.concat([...parts, NEWLINE]), partOffset);
      parts = [];
      partBytes = 0;
    }
  }

  return createKeepingStage(lines, give, () => (parts.length > 0 ? partOffset : undefined));
}

function withoutHeader(line: Buffer, match: RegExpExecArray | null): Buffer {
  const text = line.subarray(match?.[0].length ?? 0);
  const time = match?.groups?.time;
  return time === undefined || tellsTime(text.toString('latin1', 0, HEADER_BYTES))
    ? text
    : Buffer.concat([Buffer.from(containerHeader(msOf(time) ?? 0)), text]);
}
