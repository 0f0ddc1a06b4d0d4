import { execFile } from 'node:child_process';
import { appendFileSync, copyFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AzureServer } from './azure-server.ts';

/** Authorities that Debian trusts; azure-cli wants all in one file. */
const DEBIAN_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
const run = promisify(execFile);

/** Signs in, and gives what runs a command of azure-cli and reads its JSON. */
export async function azureCli(server: AzureServer) {
  const home = mkdtempSync(join(tmpdir(), 'azure-cli-'));
  const bundle = join(home, 'bundle.pem');
  if (existsSync(DEBIAN_BUNDLE)) {
    copyFileSync(DEBIAN_BUNDLE, bundle);
  }
  appendFileSync(bundle, readFileSync(server.certificateFile));
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    AZURE_CONFIG_DIR: home,
    REQUESTS_CA_BUNDLE: bundle,
    AZURE_CORE_COLLECT_TELEMETRY: 'false',
  };
  const az = async (...args: string[]): Promise<unknown> => {
    const { stdout } = await run('az', [...args, '-o', 'json'], { env, timeout: 60_000 });
    return stdout.trim() === '' ? undefined : JSON.parse(stdout);
  };
  const { url } = server;
  await az(
    ...['cloud', 'register', '-n', 'Vedette', '--endpoint-resource-manager', url, '--endpoint-management', url],
    ...['--endpoint-active-directory', `${url}/adfs`, '--endpoint-active-directory-resource-id', url],
    ...['--endpoint-active-directory-graph-resource-id', url],
  );
  await az('cloud', 'set', '-n', 'Vedette');
  await az('login', '--service-principal', '-u', server.clientId, '-p', server.secret, '--tenant', server.tenantId);
  return { az, home };
}
