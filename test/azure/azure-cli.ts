import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { AzureServer } from './azure-server.ts';

/** Authorities that Debian trusts; azure-cli wants all in one file. */
const DEBIAN_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
/** Python that Debian's package is written for. */
const PYTHON = '/usr/bin/python3';

/** Does what `az` does, for one command after the other: most of a command's time is Python's start. */
const PROGRAM = `
import io, json, sys
from azure.cli.core import get_default_cli
for line in sys.stdin:
    out = io.StringIO()
    try:
        code = get_default_cli().invoke(json.loads(line), out_file=out)
    except SystemExit as end:
        code = end.code
    print(json.dumps([code, out.getvalue()]), flush=True)
`;

/** The program of azure-cli, signed in. */
export interface AzureCli {
  /** Runs a command and reads its JSON; rejects with what it complains of. */
  az(...args: readonly string[]): Promise<unknown>;
  stop(): void;
}

/** Whether the package is there. */
export function hasAzureCli(): boolean {
  return spawnSync(PYTHON, ['-c', 'import azure.cli.core']).status === 0;
}

/** Tells azure-cli where the cloud is, and signs in as the service principal of the server. */
export async function azureCli(server: AzureServer): Promise<AzureCli> {
  const home = mkdtempSync(join(tmpdir(), 'azure-cli-'));
  const child = start(home, server.certificateFile);
  const answers = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  let complaints = '';
  child.stderr!.on('data', (text: Buffer) => {
    complaints += String(text);
  });
  async function az(...args: readonly string[]): Promise<unknown> {
    complaints = '';
    child.stdin!.write(`${JSON.stringify([...args, '-o', 'json'])}\n`);
    const { value, done } = await answers.next();
    const [code, out] = done === true ? [1, ''] : (JSON.parse(String(value)) as [number, string]);
    if (code !== 0) {
      throw new Error(`az ${args.join(' ')} ended with ${code}: ${complaints}`);
    }
    return out.trim() === '' ? undefined : JSON.parse(out);
  }
  const stop = () => {
    child.kill();
    rmSync(home, { recursive: true, force: true });
  };
  const { url } = server;
  await az(
    ...['cloud', 'register', '-n', 'Vedette', '--endpoint-resource-manager', url, '--endpoint-management', url],
    ...['--endpoint-active-directory', `${url}/adfs`, '--endpoint-active-directory-resource-id', url],
    ...['--endpoint-active-directory-graph-resource-id', url],
  );
  await az('cloud', 'set', '-n', 'Vedette');
  await az('login', '--service-principal', '-u', server.clientId, '-p', server.secret, '--tenant', server.tenantId);
  return { az, stop };
}

function start(home: string, certificateFile: string): ChildProcess {
  const bundle = join(home, 'bundle.pem');
  if (existsSync(DEBIAN_BUNDLE)) {
    copyFileSync(DEBIAN_BUNDLE, bundle);
  }
  appendFileSync(bundle, readFileSync(certificateFile));
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    AZURE_CONFIG_DIR: home,
    REQUESTS_CA_BUNDLE: bundle,
    AZURE_CORE_COLLECT_TELEMETRY: 'false',
  };
  return spawn(PYTHON, ['-c', PROGRAM], { env, stdio: ['pipe', 'pipe', 'pipe'] });
}
