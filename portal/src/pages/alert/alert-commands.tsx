import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import {
  ArchiveRegular,
  ArrowCounterclockwiseRegular,
  CheckmarkCircleRegular,
  DismissCircleRegular,
  PersonAvailableRegular,
  SearchRegular,
  SpeakerMuteRegular,
  ThumbLikeRegular,
} from '@fluentui/react-icons';
import { Link, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useChangeStatus, useEvidenceFile } from '../../api/alerts.ts';
import type { AlertDetail, AlertStatus } from '../../api/schema.ts';
import { useMay } from '../../api/session.ts';
import { ErrorBar } from '../../components/message.tsx';

const ExpectedDialog = lazy(async () => ({ default: (await import('./expected-dialog.tsx')).ExpectedDialog }));
const SuppressDialog = lazy(async () => ({ default: (await import('./suppress-dialog.tsx')).SuppressDialog }));

const useStyles = makeStyles({
  link: {
    display: 'inline-flex',
    alignItems: 'center',
    columnGap: '6px',
    padding: '5px 12px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    fontWeight: tokens.fontWeightSemibold,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
  },
  told: { alignSelf: 'center', padding: '0 12px' },
});

const REASONS = ['Expected activity', 'A test', 'Not an attack', 'Told twice'] as const;

/** What can be done about one alert, by those who may. */
export function AlertCommands({ alert }: { alert: AlertDetail }) {
  const styles = useStyles();
  const { do: wanted } = useSearch({ from: '/shell/alerts/$name' });
  const [dialog, setDialog] = useState<'expected' | 'suppress' | undefined>(wanted === 'expected' ? wanted : undefined);
  const mayDecide = useMay('Security Admin', alert.resourceId);
  const maySuppress = useMay('Security Admin', alert.resourceId.split('/').slice(0, 3).join('/'));
  if (!mayDecide) {
    return (
      <>
        <InvestigateLink alert={alert} />
        <EvidenceButton alert={alert} />
        <Text className={styles.told}>You may read this alert; a Security Admin decides about it.</Text>
      </>
    );
  }
  return (
    <>
      <StatusCommands alert={alert} />
      <InvestigateLink alert={alert} />
      <EvidenceButton alert={alert} />
      {!alert.isIncident && (
        <Button appearance="subtle" icon={<ThumbLikeRegular />} onClick={() => setDialog('expected')}>
          This was expected…
        </Button>
      )}
      {maySuppress && !alert.isIncident && (
        <Button appearance="subtle" icon={<SpeakerMuteRegular />} onClick={() => setDialog('suppress')}>
          Suppress…
        </Button>
      )}
      <Suspense>
        {dialog === 'expected' && <ExpectedDialog alert={alert} onClose={() => setDialog(undefined)} />}
        {dialog === 'suppress' && <SuppressDialog alert={alert} onClose={() => setDialog(undefined)} />}
      </Suspense>
    </>
  );
}

/** The alert with its log records and what surrounds them, signed, for those who must be convinced. */
function EvidenceButton({ alert }: { alert: AlertDetail }) {
  const file = useEvidenceFile(alert.name);
  return (
    <>
      <Button
        appearance="subtle"
        icon={<ArchiveRegular />}
        disabledFocusable={file.isPending}
        onClick={() => file.mutate()}
      >
        {file.isPending ? 'Packing…' : 'Evidence'}
      </Button>
      {file.error !== null && <ErrorBar error={file.error} />}
    </>
  );
}

/** To everything an hour around it, with its own records marked. */
function InvestigateLink({ alert }: { alert: AlertDetail }) {
  const styles = useStyles();
  return (
    <Link to="/investigate" search={{ alert: alert.name }} className={styles.link}>
      <SearchRegular fontSize={20} aria-hidden />
      Investigate
    </Link>
  );
}

function StatusCommands({ alert }: { alert: AlertDetail }) {
  const change = useChangeStatus();
  const { name, etag, status } = alert;
  const decide = (next: AlertStatus, reason?: string) =>
    change.mutate([{ name, etag, status: next, ...(reason !== undefined && { reason }) }]);
  const isOpen = status === 'Active' || status === 'InProgress';
  return (
    <>
      {status === 'Active' && (
        <Button appearance="subtle" icon={<PersonAvailableRegular />} onClick={() => decide('InProgress')}>
          Take
        </Button>
      )}
      {isOpen && (
        <>
          <Button appearance="subtle" icon={<CheckmarkCircleRegular />} onClick={() => decide('Resolved')}>
            Resolve
          </Button>
          <Menu>
            <MenuTrigger disableButtonEnhancement>
              <Button appearance="subtle" icon={<DismissCircleRegular />}>
                Dismiss…
              </Button>
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                {REASONS.map((reason) => (
                  <MenuItem key={reason} onClick={() => decide('Dismissed', reason)}>
                    {reason}
                  </MenuItem>
                ))}
              </MenuList>
            </MenuPopover>
          </Menu>
        </>
      )}
      {!isOpen && (
        <Button appearance="subtle" icon={<ArrowCounterclockwiseRegular />} onClick={() => decide('Active')}>
          Open again
        </Button>
      )}
      {change.error !== null && <ErrorBar error={change.error} />}
    </>
  );
}
