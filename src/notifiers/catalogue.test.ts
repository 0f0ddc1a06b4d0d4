import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsIn } from '../config/config-reference.ts';
import { NOTIFIERS } from './index.ts';

const here = new URL('.', import.meta.url);

describe('the notifiers', () => {
  it('are the folders', () => {
    const folders = globSync('*/*.md', { cwd: here.pathname }).map((path) => dirname(path));

    expect(NOTIFIERS.map(({ id }) => id).toSorted()).toEqual(folders.filter((it) => it !== 'samples').toSorted());
  });

  it.each(NOTIFIERS.map((notifier) => [notifier.id, notifier] as const))(
    '%s describes its settings',
    (id, notifier) => {
      const settings = settingsIn(notifier.settings);

      expect(settings.length).toBeGreaterThan(0);
      expect(settings.filter(({ description }) => description === '').map(({ path }) => path)).toEqual([]);
      expect(readFileSync(new URL(`${id}/${id}.md`, here), 'utf8')).toContain('## Settings');
    },
  );
});
