import type { FastifyRequest } from 'fastify';
import type { NewAuditEntry } from '../store/audit-log.ts';
import type { ApiContext } from './context.ts';
import { isLocalSocket } from './local-socket.ts';

export interface AuditedAction {
  /** `alerts.dismiss`, `settings.change` … */
  action: string;
  /** Id of what it was done to. */
  target?: string;
  /** Default: it was done. */
  outcome?: 'success' | 'failure';
  /** Default: whoever asks. */
  actor?: string;
  /** Before and after, reasons; never secrets. */
  detail?: unknown;
}

/** Notes for ever what was done, by whom and from where. */
export async function audit(
  { store, clock }: ApiContext,
  request: FastifyRequest,
  { action, target = '', outcome = 'success', actor, detail }: AuditedAction,
): Promise<void> {
  const { principal } = request;
  const entry: NewAuditEntry = {
    time: clock(),
    actor: actor ?? principal?.name ?? 'nobody',
    action,
    target: target.toLowerCase(),
    outcome,
    ...(!isLocalSocket(request.socket) && { address: request.ip }),
    ...(detail !== undefined && { detail }),
  };
  await store.audit.append(entry);
}
