import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useParams } from '@tanstack/react-router';
import { useAlert } from '../../api/alerts.ts';
import type { AlertDetail, Evidence, RawLine } from '../../api/schema.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Facts } from '../../components/facts.tsx';
import { LogText } from '../../components/log-text.tsx';
import { Loaded } from '../../components/message.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { SeverityLabel } from '../../components/severity.tsx';
import { StatusLabel } from '../../components/status.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { AlertCommands } from './alert-commands.tsx';
import { AttackLinks } from './attack-links.tsx';
import { Discussion } from './discussion.tsx';
import { EvidencePicture } from './evidence-picture.tsx';
import { IncidentStory, stagesOf } from './incident-story.tsx';
import { RawLines } from './raw-lines.tsx';
import { RelatedAlerts } from './related-alerts.tsx';
import { SessionStory } from './session-story.tsx';
import { StatementShapes } from './statement-shapes.tsx';
import { Steps } from './steps.tsx';
import { WhoAndWhere } from './who-and-where.tsx';

const useStyles = makeStyles({
  sentence: { maxWidth: '90ch', fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500 },
  badges: { display: 'flex', flexWrap: 'wrap', columnGap: '20px', rowGap: '4px' },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: '16px',
    alignItems: 'start',
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: '16px',
    minWidth: 0,
    '@media (max-width: 1100px)': { display: 'contents' },
  },
  first: { order: -2 },
  second: { order: -1 },
});

const TRAIL = [{ label: 'Security alerts', to: '/alerts' }] as const;
/** One a line. */
const STATEMENTS = 'Statements';

export function AlertPage() {
  const { name } = useParams({ from: '/shell/alerts/$name' });
  const query = useAlert(name);
  return query.data === undefined ? (
    <Page title="Alert" trail={TRAIL}>
      <Loaded query={query}>{() => null}</Loaded>
    </Page>
  ) : (
    <AlertDetails alert={query.data} />
  );
}

function AlertDetails({ alert }: { alert: AlertDetail }) {
  const styles = useStyles();
  const evidence = alert.alert.properties.supportingEvidence;
  return (
    <Page
      title={alert.displayName}
      trail={TRAIL}
      lead={
        <span className={styles.badges}>
          <SeverityLabel severity={alert.severity} />
          <StatusLabel alert={alert} />
        </span>
      }
      commands={<AlertCommands alert={alert} />}
    >
      <Text className={styles.sentence}>
        <LogText>{alert.description}</LogText>
      </Text>
      <div className={styles.columns}>
        <div className={styles.column}>
          <Baseline alert={alert} />
          <SessionStory alert={alert} />
          <OtherFindings evidence={evidence} />
          <Guidance guidance={alert.guidance} />
          <Records alert={alert} lines={evidence.rawLines ?? []} />
        </div>
        <div className={styles.column}>
          <Panel title="Who, where, when" className={styles.second}>
            <WhoAndWhere alert={alert} />
          </Panel>
          <Panel title="MITRE ATT&CK">
            <AttackLinks alert={alert.alert} />
          </Panel>
          <RelatedAlerts alert={alert} />
          <Discussion alert={alert} />
        </div>
      </div>
    </Page>
  );
}

function Baseline({ alert }: { alert: AlertDetail }) {
  const styles = useStyles();
  const evidence = alert.alert.properties.supportingEvidence;
  const stages = stagesOf(evidence);
  if (stages !== undefined) {
    return (
      <Panel title="What happened, in order" className={styles.first}>
        <IncidentStory stages={stages} />
      </Panel>
    );
  }
  return (
    <Panel title="What is usual, and what was seen" className={styles.first}>
      <EvidencePicture alert={alert} evidence={evidence} />
      <Statements alert={alert} evidence={evidence} />
      <Comparison evidence={evidence} />
    </Panel>
  );
}

function Statements({ alert, evidence }: { alert: AlertDetail; evidence: Evidence }) {
  const statements = evidence.observed?.[STATEMENTS]?.split('\n') ?? [];
  return statements.length > 0 && <StatementShapes alert={alert} statements={statements} />;
}

/** What was seen, in facts, and what is usual, as a table. Statements have a picture of their own. */
function Comparison({ evidence }: { evidence: Pick<Evidence, 'title' | 'columns' | 'rows' | 'observed'> }) {
  const { title = '', columns = [], rows = [], observed = {} } = evidence;
  const facts = Object.entries(observed)
    .filter(([term]) => term !== STATEMENTS)
    .map(([term, value]) => ({ term, value: <LogText>{value}</LogText> }));
  return (
    <>
      <Facts facts={facts} />
      {rows.length > 0 && <DataTable caption={title} columns={columns} rows={rows} />}
    </>
  );
}

/** What else speaks against the same access: told here instead of in an alert of its own. */
function OtherFindings({ evidence }: { evidence: Evidence }) {
  return (evidence.otherFindings ?? []).map((finding) => (
    <Panel key={finding.summary} title={`Also: ${visibleText(finding.displayName)}`}>
      <Text>
        <LogText>{finding.summary}</LogText>
      </Text>
      <Comparison evidence={finding} />
    </Panel>
  ));
}

function Guidance({ guidance }: { guidance: AlertDetail['guidance'] }) {
  const { causes, investigation, remediation } = guidance;
  return (
    <>
      {causes.length > 0 && (
        <Panel title="Possible causes">
          <ul style={{ margin: 0, paddingLeft: '20px' }}>
            {causes.map((cause) => (
              <li key={cause}>
                <LogText>{cause}</LogText>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {investigation.length > 0 && (
        <Panel title="Look into it">
          <Steps steps={investigation} />
        </Panel>
      )}
      {remediation.length > 0 && (
        <Panel title="If it was an attack">
          <Steps steps={remediation} />
        </Panel>
      )}
    </>
  );
}

function Records({ alert, lines }: { alert: AlertDetail; lines: readonly RawLine[] }) {
  return (
    lines.length > 0 && (
      <Panel title="Log records">
        <RawLines alert={alert} lines={lines} />
      </Panel>
    )
  );
}
