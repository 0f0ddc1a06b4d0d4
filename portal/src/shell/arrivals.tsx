import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from '@fluentui/react-components';
import { useAlertStream } from '../api/use-alert-stream.ts';
import { TimeText } from '../components/time-text.tsx';

const useStyles = makeStyles({
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  /** Over the page: nothing moves when it comes and goes. */
  down: {
    position: 'fixed',
    bottom: '16px',
    left: '16px',
    right: '16px',
    zIndex: 20,
    margin: '0 auto',
    maxWidth: '640px',
    boxShadow: tokens.shadow28,
  },
});

/** Says what the line to the server tells: an alert came or changed; the server does not answer. */
export function Arrivals() {
  const styles = useStyles();
  const { newest, downSince } = useAlertStream();
  return (
    <>
      <output className={styles.hidden}>
        {newest !== undefined && `${newest.severity} alert on ${newest.resourceName}: ${newest.displayName}`}
      </output>
      <div role="alert">
        {downSince !== undefined && (
          <div className={styles.down}>
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>
                <MessageBarTitle>The server does not answer.</MessageBarTitle>
                What is shown is as of <TimeText iso={new Date(downSince).toISOString()} isExact />. It is tried again
                by itself.
              </MessageBarBody>
            </MessageBar>
          </div>
        )}
      </div>
    </>
  );
}
