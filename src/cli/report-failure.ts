import { CommanderError } from 'commander';
import { UserError } from '../lib/user-error.ts';
import { isStoreError } from '../store/store-error.ts';
import { terminalText } from './terminal-text.ts';

/** Exit codes: what a script may ask. */
export const EXIT = { success: 0, failure: 1, badInput: 2 } as const;

/** The exit code of what ended a command, and what to say about it on standard error. */
export function reportFailure(error: unknown, environment: NodeJS.ProcessEnv): { code: number; text: string } {
  if (error instanceof CommanderError) {
    // Commander has written its sentence already; 0 is for `--help` and `--version`.
    return { code: error.exitCode === 0 ? EXIT.success : EXIT.badInput, text: '' };
  }
  if (error instanceof UserError) {
    return { code: EXIT.badInput, text: `vedette: ${terminalText(error.message)}\n` };
  }
  const message = terminalText(error instanceof Error ? error.message : String(error));
  if (isStoreError(error) && environment.VEDETTE_DEBUG !== '1') {
    return { code: EXIT.failure, text: `vedette: ${message}\n` };
  }
  if (environment.VEDETTE_DEBUG === '1' && error instanceof Error) {
    const stack = (error.stack ?? '').split('\n').map(terminalText).join('\n');
    return { code: EXIT.failure, text: `vedette: stopped by an unexpected error: ${message}\n${stack}\n` };
  }
  return {
    code: EXIT.failure,
    text: `vedette: stopped by an unexpected error: ${message} (VEDETTE_DEBUG=1 shows where)\n`,
  };
}
