import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, Text } from '@fluentui/react-components';
import type { Survey } from '../../api/survey.ts';
import { CopyLine } from '../../components/copy-line.tsx';
import { Facts } from '../../components/facts.tsx';
import { LogText } from '../../components/log-text.tsx';
import { MissingList } from '../../components/missing-list.tsx';
import { Panel } from '../../components/panel.tsx';
import { TimeText } from '../../components/time-text.tsx';
import { WaitingForResource } from './waiting-for-resource.tsx';
import { type WantedLog, WatchNow } from './watch-now.tsx';

const useStyles = makeStyles({ root: { display: 'flex', flexDirection: 'column', rowGap: '16px', minWidth: 0 } });

/** What was understood of pasted lines, what is missing in them, and how the database is added. */
export function SurveyResult({ survey, wanted }: { survey: Survey; wanted: WantedLog }) {
  const styles = useStyles();
  if (!survey.isKnown) {
    return (
      <Panel title="2. What Vedette understands">
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>These lines fit no format.</MessageBarTitle>
            Paste whole lines, from the beginning of a line on, and more of them. Vedette reads csvlog, jsonlog, stderr
            and syslog of PostgreSQL, the exports of RDS and Cloud SQL, PgBouncer, and Azure’s diagnostic logs.
          </MessageBarBody>
        </MessageBar>
      </Panel>
    );
  }
  return (
    <div className={styles.root}>
      <Panel title="2. What Vedette understands">
        <output>
          <Understood survey={survey} />
        </output>
        {survey.weakness !== undefined && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>
              <LogText>{survey.weakness}</LogText>
            </MessageBarBody>
          </MessageBar>
        )}
        <MissingList missing={survey.missing ?? []} />
      </Panel>
      <Panel title="3. Watch it">
        <WatchNow survey={survey} wanted={wanted} />
        <Text>
          Or put this under “resources” in vedette.yaml, and let the server read it again: no restart is needed.
        </Text>
        <CopyLine text={survey.configuration ?? ''} what="the configuration" />
        <CopyLine text="systemctl reload vedette   # or send SIGHUP to the server" what="the command" />
        <WaitingForResource name={wanted.name} />
      </Panel>
    </div>
  );
}

const KINDS: Readonly<Record<string, string>> = {
  connection: 'connections',
  authentication: 'logins',
  authenticationFailure: 'failed logins',
  statement: 'statements',
  statementError: 'failed statements',
  disconnection: 'ends of sessions',
  dataAccess: 'requests',
  dataAccessDenied: 'refused requests',
  credentialAccepted: 'accepted credentials',
  keyOperation: 'uses of account keys',
  configurationChange: 'changes of the configuration',
};

function Understood({ survey }: { survey: Survey }) {
  const { format, logLinePrefix, records = 0, activities = {}, rejected = [], firstTime, lastTime } = survey;
  const kinds = Object.entries(activities).map(([kind, count]) => `${count} ${KINDS[kind] ?? kind}`);
  return (
    <Facts
      facts={[
        { term: 'Format', value: format },
        { term: 'Prefix', value: logLinePrefix && <LogText>{logLinePrefix}</LogText> },
        {
          term: 'Understood',
          value: `${Math.round(100 * (survey.understoodPart ?? 0))} % of the text, ${records} records`,
        },
        { term: 'They tell', value: kinds.length === 0 ? 'nothing that detectors look at' : kinds.join(', ') },
        {
          term: 'Time',
          value: firstTime !== undefined && lastTime !== undefined && (
            <>
              <TimeText iso={firstTime} /> to <TimeText iso={lastTime} />
            </>
          ),
        },
        {
          term: 'Not understood',
          value: rejected.length > 0 && (
            <LogText>{rejected.map(({ reason, count }) => `${count} times: ${reason}`).join('; ')}</LogText>
          ),
        },
      ].filter(({ value }) => value !== false)}
    />
  );
}
