import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSignedCertificate } from '../../src/api/self-signed-certificate.ts';
import { serveApp } from '../../src/api/serve.ts';
import { TENANT, type TestServer, testServer } from '../../src/api/testkit.ts';
import { addApplication } from '../../src/identity/applications.ts';
import type { Role } from '../../src/identity/role.ts';
import { assignRole } from '../../src/identity/users.ts';

/** A server that Azure's clients reach over TLS. */
export interface AzureServer extends TestServer {
  url: string;
  certificate: string;
  /** PEM of the certificate. */
  certificateFile: string;
  clientId: string;
  secret: string;
  tenantId: string;
}

export async function azureServer(role: Role = 'Owner'): Promise<AzureServer> {
  const directory = mkdtempSync(join(tmpdir(), 'vedette-azure-'));
  const own = await selfSignedCertificate(['localhost', '127.0.0.1'], Date.now());
  const certificateFile = join(directory, 'certificate.pem');
  writeFileSync(certificateFile, own.certificate);
  const server = await testServer({}, Date.now());
  const restart = server.restart.bind(server);
  const listen = (port: number) => serveApp(server.app, { https: { host: '127.0.0.1', port, ...own } });
  let listening = await listen(0);
  const { application, secret } = await addApplication(server.identity, 'azure tools', Date.now() + 3_600_000);
  await assignRole(
    server.identity,
    { id: application.appId, kind: 'servicePrincipal' },
    { role, scope: '/', by: 'test' },
  );
  return Object.assign(server, {
    url: listening.httpsUrl!.replace('127.0.0.1', 'localhost'),
    certificate: own.certificate,
    certificateFile,
    clientId: application.appId,
    secret,
    tenantId: TENANT,
    restart: async () => {
      await listening.close();
      await restart();
      listening = await listen(Number(new URL(listening.httpsUrl!).port));
    },
    close: async () => {
      await listening.close();
      await server.store.close();
      rmSync(directory, { recursive: true });
    },
  });
}
