import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import {
  ArrowCounterclockwiseRegular,
  CheckmarkCircleRegular,
  DismissCircleRegular,
  PersonAvailableRegular,
} from '@fluentui/react-icons';
import { useChangeStatus } from '../../api/alerts.ts';
import type { AlertDetail, AlertStatus } from '../../api/schema.ts';
import { ErrorBar } from '../../components/message.tsx';

const REASONS = ['Expected activity', 'A test', 'Not an attack', 'Told twice'] as const;

/** What can be done about one alert. */
export function AlertCommands({ alert }: { alert: AlertDetail }) {
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
