import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

const folder = fileURLToPath(new URL('azurite/', import.meta.url));
const PROGRAM = join(folder, 'node_modules/azurite/dist/src/blob/main.js');
const INSTALL_TIMEOUT_MS = 300_000;
const START_TIMEOUT_MS = 120_000;
/** Azurite's well-known account: https://learn.microsoft.com/azure/storage/common/storage-use-azurite#well-known-storage-account-and-key */
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Why this machine cannot run Azurite, in one sentence; undefined when it can. Installs it when first asked. */
export function whyNoAzurite(): string | undefined {
  try {
    if (!existsSync(PROGRAM)) {
      execFileSync('npm', ['ci', '--loglevel=error'], { cwd: folder, stdio: 'pipe', timeout: INSTALL_TIMEOUT_MS });
    }
    return undefined;
  } catch (error) {
    return `Azure's blobs are not tested: npm cannot install Azurite (${(error as Error).message.split('\n')[0]})`;
  }
}

export interface AzuriteServer {
  connectionString: string;
  stop(): Promise<void>;
}

export async function startAzurite(): Promise<AzuriteServer> {
  const root = mkdtempSync(join(tmpdir(), 'vedette-azurite-'));
  const port = await freePort();
  const run = [
    PROGRAM,
    '--blobHost',
    '127.0.0.1',
    '--blobPort',
    String(port),
    '--location',
    root,
    '--skipApiVersionCheck',
    '--silent',
  ];
  const server = spawn(execPath, run, { stdio: 'ignore' });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(port))) {
    if (Date.now() > deadline) {
      server.kill('SIGKILL');
      throw new Error('Azurite did not start');
    }
    await sleep(100);
  }
  const account = `http://127.0.0.1:${port}/devstoreaccount1`;
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${KEY};BlobEndpoint=${account};`,
    async stop() {
      server.kill('SIGKILL');
      await once(server, 'exit');
      rmSync(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
}
