import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { servedFolder, until } from './serving.ts';

// The case starts the whole program; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 300_000 });

it('tells whom the file names, never the metadata of a cloud, and follows no receiver elsewhere', async () => {
  const asked: string[] = [];
  const receiver = createServer((request, response) => {
    asked.push(request.url ?? '');
    const isMoved = request.url === '/moved';
    response.writeHead(isMoved ? 307 : 200, isMoved ? { location: '/inside' } : {}).end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  onTestFinished(() => void receiver.close());
  const here = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const hook = (url: string) => ({ webhook: { url, secret: `\${env:HOOK_SECRET}` } });
  const folder = servedFolder({
    resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: 'live.csv', format: 'csvlog' }] }],
    notifications: {
      channels: {
        own: hook(`${here}/taken`),
        moved: hook(`${here}/moved`),
        cloud: hook('http://169.254.169.254/latest/meta-data'),
        mapped: hook('http://[::ffff:a9fe:a9fe]/latest/meta-data'),
      },
    },
  });
  writeFileSync(join(folder.path, 'live.csv'), '');
  const serving = folder.start({ HOOK_SECRET: `whsec_${Buffer.alloc(24, 1).toString('base64')}` });
  await until('it is at work', () => serving.text().includes('watching 1 resources'));
  const tried = async (channel: string) =>
    JSON.stringify((await folder.ask('POST', `/api/v1/notifications/channels/${channel}/test`)).body);

  expect(await tried('own')).not.toContain('not connected');
  expect(await tried('moved')).toContain('307');
  expect(await tried('cloud')).toContain('never asked');
  expect(await tried('mapped')).toContain('never asked');
  expect(asked).toEqual(['/taken', '/moved']);
});
