import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { UserError } from '../lib/user-error.ts';
import { reportFailure } from './report-failure.ts';

describe('a failure', () => {
  it.each([
    [
      'of the person: its sentence, 2',
      new UserError('v.yaml is empty'),
      { code: 2, text: 'vedette: v.yaml is empty\n' },
    ],
    ['of an argument: told already, 2', new CommanderError(1, 'commander.unknownOption', 'x'), { code: 2, text: '' }],
    ['that is none, such as --help: 0', new CommanderError(0, 'commander.helpDisplayed', 'x'), { code: 0, text: '' }],
    [
      'of ours: one sentence, 1',
      new Error('no\x1b[2J'),
      { code: 1, text: 'vedette: stopped by an unexpected error: no\\x1b[2J (VEDETTE_DEBUG=1 shows where)\n' },
    ],
    [
      'that is no error: one sentence, 1',
      'odd',
      { code: 1, text: 'vedette: stopped by an unexpected error: odd (VEDETTE_DEBUG=1 shows where)\n' },
    ],
  ])('%s', (_, error, report) => {
    expect(reportFailure(error, {})).toEqual(report);
  });

  it('of ours shows its stack to who asks for it', () => {
    const { code, text } = reportFailure(new Error('no'), { VEDETTE_DEBUG: '1' });

    expect(code).toBe(1);
    expect(text).toMatch(/^vedette: stopped by an unexpected error: no\nError: no\n {4}at .*report-failure\.test\.ts/);
  });
});
