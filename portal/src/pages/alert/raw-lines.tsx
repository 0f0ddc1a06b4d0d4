import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { EyeRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { RevealedLine } from '../../api/alerts.ts';
import type { AlertDetail, RawLine } from '../../api/schema.ts';
import { useMay } from '../../api/session.ts';
import { lengthText } from '../../components/charts/length-text.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { LogText } from '../../components/log-text.tsx';
import { recordOffsets } from './record-times.ts';
import { RevealDialog } from './reveal-dialog.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'flex', flexDirection: 'column', rowGap: '8px' },
  line: {
    padding: '8px 8px 8px 12px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  head: { display: 'flex', justifyContent: 'space-between', columnGap: '8px', color: tokens.colorNeutralForeground3 },
  commands: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  text: {
    display: 'block',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
  },
});

/** Records that are shown before somebody asks for more: enough to see what kind they are. */
const AT_FIRST = 3;
/** Records nearer to the first one than this are of one moment; milliseconds. */
const LEAST_MS = 100;

/** The log records themselves, as they stood in the file, with their place in it. Literals are masked. */
export function RawLines({ alert, lines: masked }: { alert: AlertDetail; lines: readonly RawLine[] }) {
  const styles = useStyles();
  const mayReveal = useMay('Security Admin', alert.resourceId);
  const [revealed, setRevealed] = useState<readonly RevealedLine[]>();
  const [isAsked, setAsked] = useState(false);
  const lines: readonly (RawLine & Partial<RevealedLine>)[] = revealed ?? masked;
  const offsets = recordOffsets(lines.map(({ text }) => text));
  const [areAllShown, setAllShown] = useState(lines.length <= AT_FIRST);
  return (
    <>
      <Text size={200}>{noteOf(revealed)}</Text>
      <ol className={styles.list}>
        {lines.slice(0, areAllShown ? lines.length : AT_FIRST).map(({ source, byteOffset, text }, nth) => (
          <li key={`${source}:${byteOffset}`} className={styles.line}>
            <div className={styles.head}>
              <Text size={200}>
                <LogText>{fileName(source)}</LogText>, byte {byteOffset.toLocaleString()}
                {after(offsets[nth])}
              </Text>
              <CopyButton text={text} what="the record" />
            </div>
            <code className={styles.text}>
              <LogText>{text}</LogText>
            </code>
          </li>
        ))}
      </ol>
      <div className={styles.commands}>
        {!areAllShown && <Button onClick={() => setAllShown(true)}>Show all {lines.length} records</Button>}
        {mayReveal && revealed === undefined && (
          <Button icon={<EyeRegular />} onClick={() => setAsked(true)}>
            Show the literals…
          </Button>
        )}
      </div>
      {isAsked && <RevealDialog name={alert.name} onReveal={setRevealed} onClose={() => setAsked(false)} />}
    </>
  );
}

function noteOf(revealed: readonly RevealedLine[] | undefined): string {
  const count = revealed?.filter(({ isRevealed }) => isRevealed).length;
  return count === undefined
    ? 'As they stand in the log; literals are masked.'
    : `${count} with their literals; the others hold none, or one that may be a secret. The audit log tells that you saw them.`;
}

/** How long after the first of the records. Milliseconds. */
function after(offset: number | undefined): string {
  return offset === undefined || offset < LEAST_MS ? '' : ` · ${lengthText(offset)} after the first`;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
