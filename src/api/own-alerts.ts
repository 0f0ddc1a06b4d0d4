import type { FastifyRequest } from 'fastify';
import { ownAlert } from '../alerts/own-alert.ts';
import type { SuppressionRule } from '../alerts/suppression.ts';
import { type SignInAttempt, type SignInGuessing, THIS_MACHINE } from '../identity/sign-in-watch.ts';
import type { Alert } from '../model/alert.ts';
import { LOCAL_SUBSCRIPTION } from '../model/resource-id.ts';
import { principalOf } from './access.ts';
import type { ApiContext } from './context.ts';
import { isLocalSocket } from './local-socket.ts';

/** Stores alerts that no log tells of, and has people told, as the judging threads do. */
export async function raiseAlerts(
  context: ApiContext,
  alerts: readonly { alert: Alert; resourceKey: string; version: number }[],
): Promise<void> {
  const writes = alerts.map((it) => ({ ...it, isHistorical: false, detectedTime: context.clock() }));
  await (context.raise?.(writes) ?? context.store.alerts.upsertOwn(writes));
}

/** Looks whether somebody guesses at passwords and secrets of this server; if so, an alert tells. */
export async function noteSignIn(
  context: ApiContext,
  request: FastifyRequest,
  { name, isSuccess }: Pick<SignInAttempt, 'name' | 'isSuccess'>,
): Promise<void> {
  const attempt = {
    name,
    isSuccess,
    time: context.clock(),
    ...(!isLocalSocket(request.socket) && { address: request.ip }),
  };
  const found = context.signIns?.note(attempt) ?? [];
  await raiseAlerts(
    context,
    found.map((guessing) => ({
      alert: guessingAlert(guessing),
      resourceKey: `/subscriptions/${LOCAL_SUBSCRIPTION}`,
      version: guessing.failures + (guessing.succeededAs === undefined ? 0 : 1),
    })),
  );
}

/** Tells that somebody keeps alerts from being seen that nobody has thought of. */
export async function raiseBroadSuppression(
  context: ApiContext,
  request: FastifyRequest,
  subscriptionId: string,
  { name, alertType, reason, until }: SuppressionRule,
): Promise<void> {
  const by = principalOf(request).name;
  const time = context.clock();
  const types = alertType === '*' ? 'every type' : `the type ${alertType}`;
  const end = until === undefined ? 'for ever' : `until ${new Date(until).toISOString()}`;
  const alert = ownAlert({
    alertType: 'Vedette_BroadSuppression',
    variant: alertType === '*' ? 'every type' : 'no end',
    displayName: 'Suppression that hides much',
    summary: `${by} made the suppression rule ${name}, which hides alerts of ${types} without any condition ${end}.`,
    severity: 'Medium',
    attack: { tactic: 'TA0112', technique: 'T1685' },
    subscriptionId,
    dedupKey: `${name.toLowerCase()}|${time}`,
    startTime: time,
    endTime: time,
    count: 1,
    principal: by,
    ...(!isLocalSocket(request.socket) && { address: request.ip }),
    observed: { Rule: name, 'Alert type': alertType, Reason: reason, 'Holds until': end },
    guidance: {
      causes: ['Somebody was tired of false alarms.', 'Somebody hides what they are about to do.'],
      investigation: [`Ask ${by} why. The audit log tells what else they did.`],
      remediation: [
        `Remove the rule and make one with a condition and an end: vedette suppressions remove ${name}`,
        'Mark single matters as expected instead.',
      ],
    },
  });
  await raiseAlerts(context, [{ alert, resourceKey: `/subscriptions/${subscriptionId.toLowerCase()}`, version: 1 }]);
}

function guessingAlert({
  by,
  key,
  names,
  addresses,
  failures,
  firstTime,
  lastTime,
  succeededAs,
}: SignInGuessing): Alert {
  const who = by === 'address' ? `${key} failed` : `${addresses.length} addresses failed`;
  const whom = by === 'name' ? key : `${names[0]}${names.length > 1 ? ` and ${names.length - 1} others` : ''}`;
  const after = succeededAs === undefined ? '' : `, then got in as ${succeededAs}`;
  const [principal] = succeededAs === undefined ? names : [succeededAs];
  const [address] = addresses.filter((it) => it !== THIS_MACHINE);
  return ownAlert({
    alertType: 'Vedette_SignInBruteForce',
    variant: succeededAs === undefined ? by : 'successful',
    displayName: `Suspected ${succeededAs === undefined ? '' : 'successful '}brute force attack on Vedette`,
    summary: `${who} to sign in to Vedette ${failures} times as ${whom}${after}.`,
    severity: succeededAs === undefined ? 'Medium' : 'High',
    attack: { tactic: 'TA0006', technique: 'T1110.001' },
    subscriptionId: LOCAL_SUBSCRIPTION,
    dedupKey: `${by}|${key}`,
    startTime: firstTime,
    endTime: lastTime,
    count: failures,
    ...(principal !== undefined && { principal }),
    ...(address !== undefined && { address }),
    observed: { 'Failed sign-ins': String(failures), Names: names.join(', '), Addresses: addresses.join(', ') },
    guidance: {
      causes: ['Somebody guesses passwords.', 'A script uses a secret that was replaced.'],
      investigation: ['Read the failed sign-ins: vedette audit-log, or Settings, Audit log in the portal.'],
      remediation: [
        'Let the portal be reached from your own network only.',
        ...(succeededAs === undefined ? [] : [`End the sessions of ${succeededAs} and have the password changed.`]),
      ],
    },
  });
}
