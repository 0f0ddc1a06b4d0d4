import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { whyNot } from '../../test/why-not.ts';
import { completionScript } from './completion.ts';
import { program } from './run-cli.ts';

const root = program({ parsers: [], detectors: [], loadSources: async () => [] });
const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;

/** What bash offers for the last of some words. */
function offered(...words: string[]): string[] {
  const ask = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _vedette; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${completionScript(root, 'bash')}\n${ask}`], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

/** What a shell finds wrong with a script; fish reads none from a socket. */
function errorsOf(shell: string, script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-completion-'));
  try {
    writeFileSync(join(folder, 'script'), script);
    return spawnSync(shell, ['-n', join(folder, 'script')], { encoding: 'utf8' }).stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('completion in bash', () => {
  it.skipIf(whyNot(has('bash') ? undefined : 'there is no bash'))('offers commands, options and choices', () => {
    expect(offered('vedette', 'al')).toEqual(['alerts']);
    expect(offered('vedette', 'alerts', '')).toEqual(expect.arrayContaining(['list', 'show', 'dismiss']));
    expect(offered('vedette', 'alerts', 'list', '--sev')).toEqual(['--severity']);
    expect(offered('vedette', 'alerts', 'list', '-o', '')).toEqual(['table', 'json', 'tsv']);
    expect(offered('vedette', 'export', 's')).toEqual(['sigma']);
  });
});

describe('completion scripts', () => {
  it.each(['bash', 'zsh', 'fish'] as const)('are of the language of %s', (shell) => {
    const reason = whyNot(has(shell) ? undefined : `there is no ${shell} to look at its script`);
    if (reason === undefined) {
      expect(errorsOf(shell, completionScript(root, shell))).toBe('');
    }
  });

  it('name every command', () => {
    const names = root.commands.map((command) => command.name());

    for (const shell of ['bash', 'zsh', 'fish'] as const) {
      const script = completionScript(root, shell);
      expect(names.filter((name) => !script.includes(name))).toEqual([]);
    }
  });
});
