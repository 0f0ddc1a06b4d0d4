import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Alert } from '../../model/alert.ts';
import { deliver, HOSTILE, noticeOf } from '../testkit.ts';
import { jsonLines } from './json-lines.ts';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vedette-lines-'));
  path = join(directory, 'logs', 'alerts.jsonl');
});
afterEach(() => rmSync(directory, { recursive: true }));

const namesIn = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as Alert).name);
const nameOf = (n: number) => noticeOf(n).alert.name;

it('adds a line for each alert, in a file that nobody else may read', async () => {
  await deliver(jsonLines, { path }, [noticeOf(1), noticeOf(2)]);
  await deliver(jsonLines, { path }, [noticeOf(3, 'High', { description: HOSTILE })]);

  expect(namesIn(path)).toEqual([nameOf(1), nameOf(2), nameOf(3)]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('goes on in a new file when somebody renamed the old one', async () => {
  await deliver(jsonLines, { path }, [noticeOf(1)]);
  renameSync(path, `${path}.old`);
  await deliver(jsonLines, { path }, [noticeOf(2)]);

  expect([namesIn(`${path}.old`), namesIn(path)]).toEqual([[nameOf(1)], [nameOf(2)]]);
});

it('renames a file that would grow too large, and keeps some: no line is lost in between', async () => {
  const description = 'x'.repeat(700_000);
  for (let n = 1; n <= 4; n++) {
    await deliver(jsonLines, { path, maxMegabytes: 1, keep: 2 }, [noticeOf(n, 'High', { description })]);
  }

  expect([path, `${path}.1`, `${path}.2`].map(namesIn)).toEqual([[nameOf(4)], [nameOf(3)], [nameOf(2)]]);
  expect(existsSync(`${path}.3`)).toBe(false);
});

it('begins a new line after one that a crash cut', async () => {
  await deliver(jsonLines, { path }, [noticeOf(1)]);
  appendFileSync(path, '{"half');
  await deliver(jsonLines, { path }, [noticeOf(2)]);

  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect((JSON.parse(lines[2]!) as Alert).name).toBe(nameOf(2));
});

it('follows no link that somebody put in its place', async () => {
  const other = join(directory, 'elsewhere');
  symlinkSync(other, join(directory, 'alerts.jsonl'));

  await expect(deliver(jsonLines, { path: join(directory, 'alerts.jsonl') }, [noticeOf()])).rejects.toThrow('ELOOP');
  expect(existsSync(other)).toBe(false);
});

it.each([
  ['ocsf', 'class_uid'],
  ['ecs', 'ecs'],
  ['export', 'SystemAlertId'],
])('writes %s where that is wanted', async (format, member) => {
  await deliver(jsonLines, { path, format }, [noticeOf()]);

  expect(JSON.parse(readFileSync(path, 'utf8'))).toHaveProperty(member);
});
