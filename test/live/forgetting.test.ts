import { describe, expect, it, vi } from 'vitest';
import { sealEvidence } from '../../src/lib/evidence-seal.ts';
import { renamingOf } from '../../src/lib/renaming.ts';
import { type Decision, ERASURE } from '../../src/model/decision.ts';
import { EVIDENCE_KEY, judgeInThread } from './judge-live.ts';
import { CASES, planOf } from './log-cases.ts';
import { principalsInState, textsInState } from './names-in-state.ts';

vi.setConfig({ testTimeout: 300_000 });

const ALL = Number.POSITIVE_INFINITY;
/** Principals of a log that are forgotten, each by itself. */
const MOST = 6;

function erasure(principal: string, isKept: boolean, sequence = 1): Decision {
  const sealed = sealEvidence(principal, ERASURE, EVIDENCE_KEY)!;
  return { sequence, body: { kind: 'erase', sealed, instead: 'somebody', isKept } };
}

const tellsOf = (principal: string) => (text: string) => {
  const renaming = renamingOf(principal, '');
  return renaming.text(text) !== text || renaming.name(text) !== text;
};

describe('a principal that is to be forgotten', () => {
  it.each(Object.keys(CASES))('stands nowhere in what was learned from %s', async (name) => {
    const plan = planOf(CASES[name]!);
    const { state } = (await judgeInThread([{ plan, records: ALL }]))[0]!;
    const known = principalsInState(state).slice(0, MOST);
    const parts = known.map((principal, i) => {
      const decisions = [erasure(principal, i % 2 === 0)];
      return { plan, saved: state, records: ALL, decisions };
    });
    const outcomes = await judgeInThread(parts);

    expect(known.length > 0 || name === 'a scan, as syslog').toBe(true); // there nobody signs in
    for (const [i, principal] of known.entries()) {
      const { placed, counts, learned, state: after } = outcomes[i]!;
      expect(textsInState(state, tellsOf(principal)).length, principal).toBeGreaterThan(0);
      expect(textsInState(after, tellsOf(principal)), principal).toEqual([]);
      expect(tellsOf(principal)(JSON.stringify(learned)), principal).toBe(false);
      expect(principalsInState(after), principal).toEqual(
        principalsInState(state).map((other) => (other.toLowerCase() === principal.toLowerCase() ? 'somebody' : other)),
      );
      expect([placed.length, counts.notes.filter((note) => note.includes('failed'))]).toEqual([1, []]);
      const usual = Object.values(learned)
        .flat()
        .filter((it) => it.principal === 'somebody' && it.largest !== 0);
      expect(i % 2 === 0 || usual.length === 0, principal).toBe(true);
    }
  });

  it('is forgotten at the same place when records are judged again', async () => {
    const plan = planOf(CASES['the quickstart as csvlog']!);
    const [first] = await judgeInThread([{ plan, records: 5000 }]);
    const { state: saved } = first!;
    const [half] = await judgeInThread([{ plan, saved, records: 8000, decisions: [erasure('j.meyer', true)] }]);
    const { eventTime } = half!.placed[0]!;
    const decisions = [{ ...erasure('j.meyer', true), eventTime }];
    const [straight] = await judgeInThread([{ plan, saved: half!.state, records: ALL }]);
    const [again] = await judgeInThread([{ plan, saved, records: ALL, decisions }]);

    expect(half!.alerts.size).toBeGreaterThan(0);
    expect(JSON.stringify([...half!.alerts.values()])).toContain('somebody');
    expect(again!.alerts).toEqual(new Map([...half!.alerts, ...straight!.alerts]));
    expect(again!.learned).toEqual(straight!.learned);
  });
});
