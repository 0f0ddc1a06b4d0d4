import { makeStyles } from '@fluentui/react-components';
import type { Step } from '../api/schema.ts';
import { CopyLine } from './copy-line.tsx';
import { LogText } from './log-text.tsx';

const useStyles = makeStyles({ root: { display: 'flex', flexDirection: 'column', rowGap: '6px' } });

/** One thing to do: what, and the command to copy where there is one. */
export function StepText({ step: { words, command } }: { step: Step }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <LogText>{words}</LogText>
      {command !== undefined && <CopyLine text={command} what="the command" />}
    </div>
  );
}
