import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOSTILE, noticeOf } from '../testkit.ts';
import { type SyslogForm, type SyslogHeader, syslogLine } from './syslog-line.ts';

const HEADER: SyslogHeader = { facility: 'local4', host: 'db monitor\n1', enterprise: 32_473, version: '1' };
const FORMS: SyslogForm[] = ['cef', 'structured', 'azure', 'ocsf', 'ecs'];
const LONG = 1_000_000;

const withTexts = (text: string) =>
  noticeOf(1, 'Medium', { alertDisplayName: text, description: text, compromisedEntity: text, alertType: text });

it('begins as RFC 5424 says', () => {
  expect(syslogLine(noticeOf(), 'cef', HEADER, LONG)).toMatch(
    /^<162>1 2026-11-17T02:20:00\.000Z dbmonitor1 vedette - SQL\.PostgreSQL_BruteForce - CEF:0\|Vedette\|/,
  );
});

describe.each(FORMS)('%s', (form) => {
  it('is one line within its bounds, whatever a log says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 3000 }), fc.constant(HOSTILE)), (text) => {
        const line = syslogLine(withTexts(text), form, HEADER, 2048);

        expect(line).toMatch(/^<164>1 \S+ dbmonitor1 vedette - \S+ (?:-|\[)/);
        expect(['\n', '\r', '\0', '\u0085', '\u2028', '\u2029'].filter((ending) => line.includes(ending))).toEqual([]);
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(2048);
        expect(line.isWellFormed()).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('structured data', () => {
  it('gives back every value that was put into it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (text) => {
        const line = syslogLine(withTexts(text), 'structured', HEADER, LONG);
        const data = readData(line.slice(line.indexOf('[')));

        expect(data.entity ?? '').toBe(text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim());
      }),
      { numRuns: 200 },
    );
  });
});

it('leaves evidence out before it cuts a message', () => {
  const whole = syslogLine(noticeOf(), 'azure', HEADER, LONG);
  const shorter = syslogLine(noticeOf(), 'azure', HEADER, Buffer.byteLength(whole) - 1);

  expect(() => JSON.parse(shorter.slice(shorter.indexOf('{')))).not.toThrow();
  expect(JSON.parse(shorter.slice(shorter.indexOf('{')))).toMatchObject({
    properties: { supportingEvidence: { rawLines: [], title: expect.any(String) } },
  });
});

/** As RFC 5424, 6.3 has it, character by character. */
function readData(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  let at = text.indexOf(' ') + 1;
  while (text[at - 1] !== ']') {
    const equals = text.indexOf('="', at);
    const name = text.slice(at, equals);
    let value = '';
    for (at = equals + 2; text[at] !== '"'; at++) {
      at += text[at] === '\\' ? 1 : 0;
      value += text[at];
    }
    found[name] = value;
    at += 2;
  }
  return found;
}
