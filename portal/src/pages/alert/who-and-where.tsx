import type { AlertDetail } from '../../api/schema.ts';
import { type Fact, Facts } from '../../components/facts.tsx';
import { LogText } from '../../components/log-text.tsx';
import { TimeText } from '../../components/time-text.tsx';

/** Facts of an alert that are told as they stand, in this order, under the reader's words for them. */
const TOLD = [
  ['Principal', 'Principal'],
  ['Principals', 'Names tried'],
  ['Application', 'Application'],
  ['Database', 'Database'],
  ['Client IP address', 'Address'],
  ['Client IP location', 'Country'],
  ['Network', 'Network'],
  ['Named network', 'Named network'],
  ['Cloud region', 'Data centre'],
  ['Reputation', 'Reputation'],
  ['Event count', 'Events'],
  ['Confidence', 'Confidence'],
  ['Severity raised', 'Why so grave'],
] as const;

/** Who, from where, to what, and when. */
export function WhoAndWhere({ alert }: { alert: AlertDetail }) {
  const { startTime, endTime, resourceName } = alert;
  const { extendedProperties } = alert.alert.properties;
  const told = TOLD.map(([key, term]): Fact => {
    const value = extendedProperties[key];
    return { term, value: value === undefined ? undefined : <LogText>{value}</LogText> };
  });
  return (
    <Facts
      facts={[
        { term: 'First event', value: <TimeText iso={startTime} /> },
        { term: 'Last event', value: endTime === startTime ? undefined : <TimeText iso={endTime} /> },
        { term: 'Resource', value: <LogText>{resourceName}</LogText> },
        ...told,
      ]}
    />
  );
}
