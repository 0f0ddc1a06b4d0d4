import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import { useActivityDay } from '../../api/activities.ts';
import type { AlertDetail } from '../../api/schema.ts';
import { HoursChart } from '../../components/charts/hours-chart.tsx';
import { WeekMap } from '../../components/charts/week-map.tsx';
import { weekHours } from '../../components/charts/week-words.ts';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: '6px' },
  /** Room for what comes a little later: nothing below it moves. */
  week: { minHeight: '226px' },
  day: { minHeight: '416px' },
  link: { color: tokens.colorBrandForegroundLink },
});

interface Props {
  alert: AlertDetail;
  principal: string;
  /** Of an alert about how much: the hours of that day, too. */
  withDay: boolean;
}

/** When its principal usually is active, and was when it happened; nothing where none is kept. */
export function DayOfAlert({ alert, principal, withDay }: Props) {
  const styles = useStyles();
  const day = alert.startTime.slice(0, 10);
  const search = { resource: alert.resourceId, principal: [principal] };
  const { data, isPending } = useActivityDay(search, day);
  const frame = mergeClasses(styles.root, withDay ? styles.day : styles.week);
  if (data === undefined || data.usualDays === 0) {
    return isPending ? <div className={frame} /> : null;
  }
  return (
    <div className={frame}>
      <Text weight="semibold">Hours of the week</Text>
      <WeekMap week={data.week} seen={weekHours(alert.startTime, alert.endTime)} />
      {withDay && (
        <>
          <Text weight="semibold">Hours of that day, beside usual days</Text>
          <HoursChart hours={data.hours} what="activities" />
        </>
      )}
      <Text size={200}>
        <Link to="/investigate" search={{ ...search, day, last: '30d' }} className={styles.link}>
          The whole day, value by value
        </Link>
      </Text>
    </div>
  );
}
