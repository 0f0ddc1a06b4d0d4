import { Button, makeStyles, ProgressBar, Text } from '@fluentui/react-components';
import { useResourceHealth } from '../../api/resources.ts';
import type { Resource, TuningRun } from '../../api/schema.ts';
import { useCancelTuning, useStartTuning, useTuningRun } from '../../api/tuning.ts';
import { ErrorBar } from '../../components/message.tsx';
import { TrialList } from './trial-list.tsx';
import { TrialResult } from './trial-result.tsx';

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  progress: { display: 'flex', flexDirection: 'column', rowGap: '8px', alignItems: 'flex-start' },
  bar: { width: '100%' },
});

const DAYS = 90;
const DAY_MS = 86_400_000;

interface Props {
  resource: Resource;
  detector: string;
  /** Undefined: the draft says nothing else than what holds. */
  changes: Readonly<Record<string, unknown>> | undefined;
  onUse: (setting: string, value: unknown) => void;
}

/** Reads the history of the resource again by other settings, and shows what comes and goes. */
export function Preview({ resource, detector, changes, onUse }: Props) {
  const styles = useStyles();
  const start = useStartTuning(resource.id);
  const run = useTuningRun(start.data?.id);
  const newest = useResourceHealth(resource.id).data?.lastEventTime;
  const isBusy = start.isPending || (start.data !== undefined && (run.data ?? start.data).state === 'running');
  const from = new Date((newest === undefined ? Date.now() : Date.parse(newest)) - DAYS * DAY_MS).toISOString();
  return (
    <>
      <Text>
        The last {DAYS} days of its log are judged again, beside the work that goes on. Nothing is changed by it.
      </Text>
      <div className={styles.buttons}>
        <Button
          disabledFocusable={changes === undefined || isBusy}
          onClick={() => changes !== undefined && start.mutate({ settings: { [detector]: changes }, from })}
        >
          Preview these settings
        </Button>
        <Button appearance="subtle" disabledFocusable={isBusy} onClick={() => start.mutate({ detector, from })}>
          Try every setting by itself
        </Button>
      </div>
      {start.error !== null && <ErrorBar error={start.error} />}
      {run.error !== null && <ErrorBar error={run.error} />}
      {start.data !== undefined && run.data !== undefined && (
        <Run run={run.data} wanted={start.variables?.settings} onUse={onUse} />
      )}
    </>
  );
}

function Run({ run, wanted, onUse }: { run: TuningRun; wanted: unknown; onUse: Props['onUse'] }) {
  const [first] = run.trials;
  switch (run.state) {
    case 'running':
      return <Progress run={run} />;
    case 'failed':
      return <ErrorBar error={new Error(run.problem ?? 'The history could not be judged again.')} />;
    case 'cancelled':
      return <Text>Cancelled.</Text>;
    case 'done':
      return wanted !== undefined && first !== undefined ? (
        <TrialResult trial={first} days={DAYS} />
      ) : (
        <TrialList trials={run.trials} onUse={onUse} />
      );
  }
}

function Progress({ run: { id, progress } }: { run: TuningRun }) {
  const styles = useStyles();
  const cancel = useCancelTuning();
  return (
    <div className={styles.progress}>
      <Text>Judging the history again: {Math.round(progress * 100)} %</Text>
      <ProgressBar className={styles.bar} value={progress} aria-label="Progress" />
      <Button size="small" disabledFocusable={cancel.isPending} onClick={() => cancel.mutate(id)}>
        Cancel
      </Button>
    </div>
  );
}
