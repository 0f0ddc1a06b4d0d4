import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { type ActivityDay, type ActivityField, type ActivityQuery, useActivityDay } from '../../api/activities.ts';
import { HoursChart } from '../../components/charts/hours-chart.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded } from '../../components/message.tsx';
import { Panel } from '../../components/panel.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { FIELD_WORDS, valueWords } from './field-words.ts';

const useStyles = makeStyles({
  /** Room for what comes: nothing below it moves far. */
  room: { minHeight: '560px' },
  frame: { overflowX: 'auto' },
  table: { width: '100%', borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200 },
  cell: {
    textAlign: 'left',
    padding: '4px 12px 4px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
    verticalAlign: 'top',
  },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  isNew: { color: tokens.colorPaletteRedForeground1, fontWeight: tokens.fontWeightSemibold },
});

const ONE_DIGIT = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

interface Props {
  query: ActivityQuery;
  principal: string;
  /** `2026-11-18`, UTC. */
  day: string;
  onClose: () => void;
}

/** What somebody did on one day, beside the four weeks before. */
export function DayPanel({ query, principal, day, onClose }: Props) {
  const styles = useStyles();
  const answer = useActivityDay(query, day);
  return (
    <Panel title={`${visibleText(principal)} on ${day} (UTC), beside usual days`}>
      <div className={styles.room}>
        <Loaded query={answer}>
          {(told) => (
            <>
              <HoursChart hours={told.hours} what="activities" />
              <Text>
                {told.usualDays === 0
                  ? 'It did nothing in the four weeks before.'
                  : `It was active on ${told.usualDays} of the 28 days before.`}
              </Text>
              <Values values={told.values} />
            </>
          )}
        </Loaded>
      </div>
      <div>
        <Button size="small" onClick={onClose}>
          Close
        </Button>
      </div>
    </Panel>
  );
}

function Values({ values }: { values: ActivityDay['values'] }) {
  const styles = useStyles();
  const number = mergeClasses(styles.cell, styles.number);
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.cell}>
              What
            </th>
            <th scope="col" className={styles.cell}>
              Value
            </th>
            <th scope="col" className={number}>
              That day
            </th>
            <th scope="col" className={number}>
              A usual day
            </th>
          </tr>
        </thead>
        <tbody>
          {values.map(({ field, value, count, usualPerDay, isNew }) => (
            <tr key={`${field} ${value}`}>
              <td className={styles.cell}>{FIELD_WORDS[field as ActivityField]}</td>
              <td className={styles.cell}>
                <LogText>{valueWords(field as ActivityField, value)}</LogText>
                {isNew && <span className={styles.isNew}> · new</span>}
              </td>
              <td className={number}>{count.toLocaleString()}</td>
              <td className={number}>{isNew ? '—' : ONE_DIGIT.format(usualPerDay)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
