import { makeStyles, tokens } from '@fluentui/react-components';
import type { Step } from '../api/schema.ts';
import { CopyButton } from './copy-button.tsx';
import { LogText } from './log-text.tsx';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: '6px' },
  command: {
    display: 'flex',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    columnGap: '8px',
    padding: '6px 6px 6px 12px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
  },
  text: { padding: '4px 0', whiteSpace: 'pre-wrap' },
});

/** One thing to do: what, and the command to copy where there is one. */
export function StepText({ step }: { step: Step }) {
  const styles = useStyles();
  const { words, command } = step;
  return (
    <div className={styles.root}>
      <LogText>{words}</LogText>
      {command !== undefined && (
        <div className={styles.command}>
          <code className={styles.text}>
            <LogText>{command}</LogText>
          </code>
          <CopyButton text={command} what="the command" />
        </div>
      )}
    </div>
  );
}
