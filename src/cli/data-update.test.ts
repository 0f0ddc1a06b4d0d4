import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runVedette } from '../../test/run-vedette.ts';
import { temporaryDirectory } from '../store/testkit.ts';

const directory = temporaryDirectory();

it('fetches what there is and tells what there is not', async () => {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/tor' ? 200 : 404).end('192.0.2.1\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const config = join(directory, 'vedette.yaml');
  writeFileSync(
    config,
    `resources: [{ id: orders, kind: postgresql, logs: [{ path: none.csv }] }]
enrichment:
  publishers:
    - { kind: reputation, url: 'http://127.0.0.1:${port}/tor', file: data/tor.txt }
    - { kind: reputation, url: 'http://127.0.0.1:${port}/gone', file: data/gone.txt }
`,
  );

  const { code, stdout, stderr } = await runVedette(['data', 'update', '-c', config]);

  expect(stdout).toBe('tor.txt: updated (10 bytes)\ngone.txt: kept as it was: the publisher answers 404\n');
  expect(stderr).toContain('1 of 2 data files could not be updated.');
  expect(code).toBe(2);
  expect(readFileSync(join(directory, 'data', 'tor.txt'), 'utf8')).toBe('192.0.2.1\n');
  server.close();
});
