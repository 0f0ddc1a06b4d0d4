import { EXTENDED } from '../../alerts/extended-properties.ts';
import type { Alert } from '../../model/alert.ts';
import type { Severity } from '../../model/severity.ts';
import { alertLine, type LineForm } from '../alert-line.ts';
import type { Notice } from '../notifier.ts';
import { safeLine } from '../safe-text.ts';

/** RFC 5424, table 1: numbers of facilities. */
export const FACILITIES = {
  auth: 4,
  authpriv: 10,
  audit: 13,
  alert: 14,
  local0: 16,
  local1: 17,
  local2: 18,
  local3: 19,
  local4: 20,
  local5: 21,
  local6: 22,
  local7: 23,
} as const;
/** RFC 5424, table 2: critical, warning, notice, informational. */
const SEVERITY: Record<Severity, number> = { High: 2, Medium: 4, Low: 5, Informational: 6 };
/** Severities of a facility. */
const PER_FACILITY = 8;
/** Longest names, in characters: RFC 5424, 6. */
const LONGEST = { host: 255, messageId: 32 } as const;

export interface SyslogHeader {
  facility: keyof typeof FACILITIES;
  host: string;
  /** Private enterprise number (iana.org) under which the structured data is named. */
  enterprise: number;
  /** Of Vedette. */
  version: string;
}

/** `structured`: RFC 5424's own structured data, with the sentence as the message. */
export type SyslogForm = Exclude<LineForm, 'export'> | 'structured';

/**
 * A notice as one message of RFC 5424, without a frame. A message that is longer than the receiver takes is told with
 * less evidence, and cut only where that does not help.
 *
 * @param maxBytes of the whole message
 */
export function syslogLine(notice: Notice, form: SyslogForm, header: SyslogHeader, maxBytes: number): string {
  const head = headerOf(notice, header);
  const shorter = [notice, ...['rawLines', 'all'].map((part) => withLess(notice, part as 'rawLines' | 'all'))];
  const lines = shorter.map((it) => `${head} ${bodyOf(it, form, header)}`);
  return lines.find((line) => Buffer.byteLength(line) <= maxBytes) ?? cut(lines.at(-1)!, maxBytes);
}

/** `<PRI>1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID`. */
function headerOf({ alert, createdTime }: Notice, { facility, host }: SyslogHeader): string {
  const { severity, alertType } = alert.properties;
  const priority = FACILITIES[facility] * PER_FACILITY + SEVERITY[severity];
  const name = visible(host, LONGEST.host);
  return `<${priority}>1 ${new Date(createdTime).toISOString()} ${name} vedette - ${visible(alertType, LONGEST.messageId)}`;
}

function bodyOf(notice: Notice, form: SyslogForm, { enterprise, version }: SyslogHeader): string {
  return form === 'structured'
    ? `${structuredData(notice, enterprise)} ${safeLine(notice.alert.properties.description)}`
    : `- ${alertLine(notice, form, version)}`;
}

/** What is searched for; the rest is behind the link. */
function structuredData({ id, alert, portalUrl }: Notice, enterprise: number): string {
  const { properties } = alert;
  const { extendedProperties: extended } = properties;
  const parameters = {
    id,
    alert: alert.name,
    type: properties.alertType,
    title: properties.alertDisplayName,
    severity: properties.severity,
    status: properties.status,
    start: properties.startTimeUtc,
    end: properties.endTimeUtc,
    resource: properties.resourceIdentifiers[0]?.azureResourceId,
    entity: properties.compromisedEntity,
    principal: extended[EXTENDED.principal],
    client: extended[EXTENDED.address],
    location: extended[EXTENDED.location],
    network: extended[EXTENDED.network],
    application: extended[EXTENDED.application],
    database: extended[EXTENDED.database],
    count: extended[EXTENDED.count],
    detector: extended[EXTENDED.detector],
    technique: [...properties.subTechniques, ...properties.techniques][0],
    correlation: properties.correlationKey,
    url: portalUrl,
  };
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}="${parameterValue(value)}"`],
  );
  return `[vedette@${enterprise} ${pairs.join(' ')}]`;
}

/** RFC 5424, 6.3.3: these three are escaped, and nothing else is. */
function parameterValue(text: string): string {
  return safeLine(text).replace(/["\\\]]/g, '\\$&');
}

/** Names of the header are visible ASCII without blanks. */
function visible(text: string, longest: number): string {
  return text.replace(/[^\x21-\x7e]/g, '').slice(0, longest) || '-';
}

function withLess(notice: Notice, part: 'rawLines' | 'all'): Notice {
  const { properties } = notice.alert;
  const less: Partial<Alert['properties']> =
    part === 'rawLines'
      ? { supportingEvidence: { ...properties.supportingEvidence, rawLines: [] } }
      : { supportingEvidence: {}, remediationSteps: [], extendedProperties: shortened(properties.extendedProperties) };
  return { ...notice, alert: { ...notice.alert, properties: { ...properties, ...less } } };
}

function shortened(extended: Readonly<Record<string, string>>): Record<string, string> {
  const long: readonly string[] = [EXTENDED.causes, EXTENDED.investigation, EXTENDED.otherFindings];
  return Object.fromEntries(Object.entries(extended).filter(([name]) => !long.includes(name)));
}

/** At the end of a character. */
function cut(line: string, maxBytes: number): string {
  const bytes = Buffer.from(line).subarray(0, maxBytes);
  let end = bytes.length;
  while (end > 0 && end === maxBytes && isInside(bytes, end)) {
    end--;
  }
  return bytes
    .subarray(0, end)
    .toString('utf8')
    .replace(/\ufffd$/, '');
}

/** Whether the last byte belongs to a character that may go on behind it. */
function isInside(bytes: Buffer, end: number): boolean {
  return (bytes[end - 1]! & 0x80) !== 0 && Buffer.from(bytes.subarray(0, end).toString('utf8')).length !== end;
}
