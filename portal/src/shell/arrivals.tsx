import { makeStyles } from '@fluentui/react-components';
import { useAlertStream } from '../api/use-alert-stream.ts';

const useStyles = makeStyles({
  root: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

/** Says to a screen reader what the lists show: an alert came, or changed. */
export function Arrivals() {
  const styles = useStyles();
  const newest = useAlertStream();
  return (
    <output className={styles.root}>
      {newest !== undefined && `${newest.severity} alert on ${newest.resourceName}: ${newest.displayName}`}
    </output>
  );
}
