import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { DetectorProgress, UsualFact } from '../../api/baseline.ts';
import { type Column, ListTable } from '../../components/list-table.tsx';
import { LogText } from '../../components/log-text.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { progressShare } from './progress-share.ts';

const useStyles = makeStyles({
  judges: { width: '160px' },
  bar: { width: '100%', height: '8px', display: 'block', marginTop: '6px' },
  track: { fill: tokens.colorNeutralBackground5 },
  done: { fill: tokens.colorCompoundBrandBackground },
  scopes: { margin: 0, padding: 0, listStyleType: 'none' },
});

/** Told of each detector; of more, how many. */
const SHOWN = 5;

interface Props {
  detectors: readonly DetectorProgress[];
  items: readonly Pick<UsualFact, 'lastTime'>[];
}

/** How far each detector is with learning what is usual on a resource. */
export function LearningProgress({ detectors, items }: Props) {
  const now = Math.max(0, ...items.map(({ lastTime }) => Date.parse(lastTime))); // detectors know the log's time only
  const columns: readonly Column<DetectorProgress>[] = [
    { title: 'Detector', cell: ({ title }) => title },
    { title: 'Knows', isShort: true, cell: ({ learns, known }) => (learns ? countText(known) : '—') },
    { title: 'Judges', cell: (detector) => <Judges detector={detector} now={now} /> },
    { title: 'Still learning', cell: ({ learning }) => (learning.length === 0 ? '—' : <Scopes learning={learning} />) },
  ];
  return (
    <>
      <Text>
        Of whom a detector is learning, it reports nothing that needs learning: for 7 days with 10 uses, at the latest
        14 days. Others judge from the first record on.
      </Text>
      <ListTable label="Learning, by detector" columns={columns} rows={detectors} keyOf={({ id }) => id} />
    </>
  );
}

function Judges({ detector, now }: { detector: DetectorProgress; now: number }) {
  const styles = useStyles();
  const share = progressShare(detector, now);
  if (!detector.learns || detector.known === 0) {
    return detector.learns ? 'Nothing to learn from yet' : 'From the first record on';
  }
  return (
    <div className={styles.judges}>
      {share === 1 ? 'All that it knows' : `${Math.floor(100 * share)} % learned`}
      <svg className={styles.bar} aria-hidden="true">
        <rect className={styles.track} width="100%" height="8" rx="2" />
        <rect className={styles.done} width={`${100 * share}%`} height="8" rx="2" />
      </svg>
    </div>
  );
}

function Scopes({ learning }: Pick<DetectorProgress, 'learning'>) {
  const styles = useStyles();
  return (
    <ul className={styles.scopes}>
      {learning.slice(0, SHOWN).map(({ principal, uses, judgedTime }) => (
        <li key={principal}>
          {principal === '' ? 'The resource as a whole' : <LogText>{principal}</LogText>} (
          {uses === 1 ? 'seen once' : `seen ${uses.toLocaleString()} times`}), judged from <TimeText iso={judgedTime} />
        </li>
      ))}
      {learning.length > SHOWN && <li>and {(learning.length - SHOWN).toLocaleString()} more</li>}
    </ul>
  );
}

function countText(known: number): string {
  return known === 1 ? '1 principal' : `${known.toLocaleString()} principals`;
}
