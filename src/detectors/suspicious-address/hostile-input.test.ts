import { describe, expect, it } from 'vitest';
import { ActivityClass } from '../../model/activity.ts';
import type { AddressFacts, Listing } from '../../model/address-facts.ts';
import { brazil, day, type Happening, replay, replayOnce, signIn } from '../testkit.ts';
import { suspiciousAddress } from './suspicious-address.ts';

const DROP: Listing = { name: 'drop.txt', kind: 'threat', note: 'SBL100001' };

function onLists(facts: AddressFacts, ...lists: Listing[]): AddressFacts {
  return { ...facts, reputation: { lists } };
}

function knock(what: Partial<Happening>): Happening {
  return signIn({ class: ActivityClass.connection, principal: '', application: '', database: '', ...what });
}

describe('under attack', () => {
  it('keeps its memory bounded and tells every probe', () => {
    const address = (n: number) => onLists({ address: `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}` }, DROP);
    const flood = Array.from({ length: 6000 }, (_, n) => knock({ time: day(0) + n, address: address(n) }));
    const [{ finding, count }] = replayOnce(suspiciousAddress, flood);

    expect(count).toBe(6000);
    expect(finding.observed.Addresses).toBe('more than 16');
  });

  it('shows hostile names and notes in one line', () => {
    const note = onLists(brazil, { ...DROP, note: `a"'; DROP TABLE x; --` });
    const [{ finding }] = replay(suspiciousAddress, [signIn({ principal: `Robert"'\n\u202e`, address: note })]);
    const texts = [finding.summary, ...finding.guidance.investigation, ...finding.guidance.remediation];

    expect(texts.join('')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    expect(finding.guidance.remediation[0]).toContain(`ALTER ROLE "Robert""'\ufffd\ufffd" NOLOGIN;`);
  });
});
