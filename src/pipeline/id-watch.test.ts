import { expect, it } from 'vitest';
import type { Resource } from '../model/resource.ts';
import { parseResourceId, resourceNamed } from '../model/resource-id.ts';
import { azure } from '../parsers/azure/azure.ts';
import { azureRecord } from '../parsers/azure/testkit.ts';
import { csvlog } from '../parsers/csvlog/csvlog.ts';
import { statement } from '../sessions/testkit.ts';
import { emptyCounts } from './counts.ts';
import { openHistoryInput } from './history-input.ts';
import { createIdWatch } from './id-watch.ts';
import { openSourceStream } from './source-stream.ts';
import { temporaryFiles } from './testkit.ts';

const accountId = (name: string) =>
  `/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/shop/providers/Microsoft.DocumentDB/databaseAccounts/${name}`;
const carts = resourceNamed(accountId('carts'))!;
const short = parseResourceId('carts', 'cosmosdb') as Resource;

/** What is noted of a log under a resource. */
async function notesOn(resource: Resource, log: string, parser = azure): Promise<string[]> {
  const counts = emptyCounts();
  const [path] = temporaryFiles({ 'a.log': log });
  const watch = createIdWatch(resource, counts);
  const files = [{ path: path!, firstTime: undefined }];
  const stream = openSourceStream({ input: openHistoryInput(files, counts), parser, reading: {}, counts });
  while (!stream.isEnded) {
    while (stream.next()) {
      watch(stream);
    }
    await stream.load();
  }
  return counts.notes.map((note) => note.replace(path!, 'FILE'));
}

const named = (...names: string[]) => names.map((name) => azureRecord({}, { resourceId: accountId(name) })).join('');

it.each([
  ['its own id in any casing', carts, named('carts', 'CARTS', 'Carts')],
  ['its short name', short, named('carts', 'CARTS')],
  ['no resource', carts, azureRecord()],
])('notes nothing where records name %s', async (_, resource, log) => {
  expect(await notesOn(resource, log)).toEqual([]);
});

it('notes nothing of a log whose records name nothing', async () => {
  expect(await notesOn(carts, statement(), csvlog)).toEqual([]);
});

it.each([
  ['another resource', carts, named('carts', 'stars', 'other')],
  ['another resource than its short name says', short, named('stars', 'other')],
])('notes once that records name %s', async (_, resource, log) => {
  expect(await notesOn(resource, log)).toEqual([
    `carts: records of FILE name ${accountId('stars')}; they are judged as those of carts, whose log this is`,
  ]);
});
