import { Badge } from '@fluentui/react-components';
import type { AlertDetail, AlertStatus } from '../api/schema.ts';
import { LogText } from './log-text.tsx';

const COLORS = { Active: 'danger', InProgress: 'warning', Resolved: 'success', Dismissed: 'informative' } as const;

export const STATUS_WORDS: Readonly<Record<AlertStatus, string>> = {
  Active: 'Active',
  InProgress: 'In progress',
  Resolved: 'Resolved',
  Dismissed: 'Dismissed',
};

export function StatusBadge({ status }: { status: AlertStatus }) {
  return (
    <Badge appearance="tint" color={COLORS[status]}>
      {STATUS_WORDS[status]}
    </Badge>
  );
}

/** The status, who decided it and why. */
export function StatusLabel({ alert }: { alert: AlertDetail }) {
  const { status, statusChange, suppressedBy, isHistorical } = alert;
  const reason = statusChange?.reason;
  return (
    <span>
      <StatusBadge status={status} />
      {statusChange !== undefined && (
        <>
          {' by '}
          <LogText>{statusChange.by}</LogText>
        </>
      )}
      {reason !== undefined && (
        <>
          {': '}
          <LogText>{reason}</LogText>
        </>
      )}
      {suppressedBy !== undefined && (
        <>
          {' by the rule '}
          <LogText>{suppressedBy}</LogText>
        </>
      )}
      {isHistorical && ' · found in history, nobody was notified'}
    </span>
  );
}
