import { describe, expect, it } from 'vitest';
import type { Alert } from '../model/alert.ts';
import type { Severity } from '../model/severity.ts';
import { aWrite, START } from '../store/testkit.ts';
import { createRouting } from './routing.ts';

const DAY_MS = 86_400_000;
const routing = createRouting([
  { id: 'ops', minimalSeverity: 'Low' },
  { id: 'mail', minimalSeverity: 'Medium', dueTime: (severity, time) => (severity === 'High' ? time : time + DAY_MS) },
]);
const anAlert = (severity: Severity): Alert => aWrite(1, {}, { severity }).alert;
const channelsOf = (messages: readonly { channel: string }[]) => messages.map(({ channel }) => channel);

describe('routing', () => {
  it('tells each channel what is grave enough for it', () => {
    expect(channelsOf(routing(anAlert('Informational'), false, START))).toEqual([]);
    expect(channelsOf(routing(anAlert('Low'), false, START))).toEqual(['ops']);
    expect(channelsOf(routing(anAlert('High'), false, START))).toEqual(['ops', 'mail']);
  });

  it('makes the same message of the same severity, and another one of a graver', () => {
    const [first] = routing(anAlert('Low'), false, START);
    const [again] = routing(anAlert('Low'), false, START + 5);
    const [graver] = routing(anAlert('High'), false, START + 9);

    expect(again).toMatchObject({ alertName: first!.alertName, alertVersion: first!.alertVersion, channel: 'ops' });
    expect(graver!.alertVersion).toBeGreaterThan(first!.alertVersion);
  });

  it('lets a channel tell later what can wait', () => {
    expect(routing(anAlert('Medium'), false, START)[1]).toMatchObject({
      dueTime: START + DAY_MS,
      payload: { plannedTime: START + DAY_MS },
    });
  });

  it('tells nothing that was found in history', () => {
    expect(routing(anAlert('High'), true, START)).toEqual([]);
  });
});
