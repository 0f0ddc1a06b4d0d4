import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { generatedPages, settingsTable, withGenerated } from '../../scripts/docs/generated-pages.ts';
import { settingsIn } from '../config/config-reference.ts';
import { TACTICS, TECHNIQUES } from '../model/attack.ts';
import { NOTIFIERS } from '../notifiers/index.ts';
import { detectors } from './index.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const read = (path: string) => readFileSync(join(here, path), 'utf8');

const HEADINGS = [
  'What it means',
  'How it decides',
  'Settings',
  'What it learns and for how long',
  'False positives',
  'Blind spots',
  'What to do',
  'References',
];
/** What a number counts or measures stands at the end of its name. */
const UNITS = /(?:Count|Ratio|Seconds|Minutes|Hours|Days|Bytes|Kilobytes|Megabytes|Nats)$/;
const IMPURE = /\bDate\.now\b|\bMath\.random\b|\bnew Date\(\)|\bperformance\b|\bprocess\b|\bfetch\(|['"]node:/;

const ids = detectors.map(({ id }) => id);

it('lists every folder, and every folder is a detector', () => {
  const folders = readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  expect(folders.length).toBeGreaterThan(2);
  expect(ids).toEqual(folders.sort());
});

describe.each(detectors.map((detector) => [detector.id, detector] as const))('%s', (id, detector) => {
  const page = read(`${id}/${id}.md`);

  it('is called so in its code, in a file of that name', () => {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(read(`${id}/${id}.ts`)).toContain(`id: '${id}'`);
  });

  it('has a title that fits a line', () => {
    expect(detector.title.length).toBeGreaterThan(5);
    expect(detector.title.length).toBeLessThanOrEqual(60);
  });

  it('watches something', () => {
    expect(detector.watches).toBeGreaterThan(0);
  });

  it('has settings with default, description and unit', () => {
    const settings = settingsIn(detector.settings);

    expect(settings.length).toBeGreaterThan(1);
    expect(settings.map(({ path }) => path)).toContain('sensitivity');
    expect(settings.filter(({ fallback }) => fallback === 'required' || fallback === '')).toEqual([]);
    expect(settings.filter(({ description }) => !/^[A-Z].*\.$/.test(description))).toEqual([]);
    expect(settings.filter(({ type, path }) => type === 'number' && !UNITS.test(path))).toEqual([]);
    expect(detector.settings.safeParse({}).success).toBe(true);
  });

  it('names techniques of ATT&CK that serve their tactic', () => {
    expect(detector.attack.length).toBeGreaterThan(0);
    for (const { tactic, technique } of detector.attack) {
      expect(Object.keys(TACTICS)).toContain(tactic);
      expect(TECHNIQUES[technique].tactics as readonly string[]).toContain(tactic);
      expect(page).toContain(`[${technique} `);
    }
  });

  it('has a page with all headings, in order, each with something under it', () => {
    const sections = page.split(/^## /m);

    expect(sections[0]).toMatch(new RegExp(`^# ${detector.title}\n`));
    expect(sections.slice(1).map((section) => section.slice(0, section.indexOf('\n')))).toEqual(HEADINGS);
    expect(sections.slice(1).filter((section) => section.length < 100)).toEqual([]);
  });

  it('has a test of when it fires and of when it stays quiet', () => {
    const test = read(`${id}/${id}.test.ts`);

    expect(test).toContain("describe('fires'");
    expect(test).toContain("describe('stays quiet'");
  });
});

describe('generated documentation', () => {
  it('is what npm run docs writes', () => {
    const pages = generatedPages();

    expect(pages.map(({ path }) => path)).toEqual([
      'docs/reference/config.md',
      'docs/reference/hunts.md',
      'docs/reference/archive-schema.md',
      ...NOTIFIERS.map(({ id }) => `src/notifiers/${id}/${id}.md`),
      ...ids.map((id) => `src/detectors/${id}/${id}.md`),
    ]);
    for (const { present, wanted } of pages) {
      expect(present).toBe(wanted);
    }
  });

  it('is replaced between its marks, whatever stood there', () => {
    const mark = '<!-- Generated from a schema by `npm run docs`. -->';
    const end = '<!-- End of what is generated. -->';

    expect(withGenerated(`a\n${mark}\n\nold\n\n${end}\nz\n`, 'new\n', 'x.md')).toBe(`a\n${mark}\n\nnew\n\n${end}\nz\n`);
    expect(withGenerated(`a\n${mark}\n\n${end}\nz\n`, 'new\n', 'x.md')).toBe(`a\n${mark}\n\nnew\n\n${end}\nz\n`);
    expect(withGenerated(`a\n${mark}\n\nold\n`, 'new\n', 'x.md')).toBe(`a\n${mark}\n\nnew\n`);
    expect(() => withGenerated('a\n', 'new\n', 'x.md')).toThrow(/^x\.md has no line/);
  });

  it('has a row for each setting', () => {
    for (const { settings } of detectors) {
      expect(settingsTable(settings).split('\n')).toHaveLength(3 + Object.keys(settings.shape).length);
    }
  });
});

describe('judging', () => {
  const files = globSync(['detectors/**/*.ts', 'baselines/**/*.ts'], { cwd: join(here, '..') }).filter(
    (path) => !/\.test\.ts$|testkit(?:-[a-z]+)*\.ts$/.test(path),
  );

  it('needs no clock, no chance and no outside world', () => {
    expect(files.length).toBeGreaterThan(15);
    expect(files.filter((path) => IMPURE.test(withoutComments(read(join('..', path)))))).toEqual([]);
  });

  it.each(['Date.now()', 'new Date()', 'Math.random()', 'process.env', "import 'node:fs'", 'fetch(url)'])(
    'would be seen to use %s',
    (code) => {
      expect(code).toMatch(IMPURE);
    },
  );

  it('may take a time apart', () => {
    expect('new Date(time)').not.toMatch(IMPURE);
  });
});

function withoutComments(code: string): string {
  return code.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
