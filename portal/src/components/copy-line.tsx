import { makeStyles, tokens } from '@fluentui/react-components';
import { CopyButton } from './copy-button.tsx';
import { LogText } from './log-text.tsx';

const useStyles = makeStyles({
  root: {
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
  text: { padding: '4px 0', minWidth: 0, whiteSpace: 'pre-wrap' },
});

/** Something to copy as it stands: a command, statements, a secret, a piece of configuration. */
export function CopyLine({ text, what }: { text: string; what: string }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <code className={styles.text}>
        <LogText>{text}</LogText>
      </code>
      <CopyButton text={text} what={what} />
    </div>
  );
}
