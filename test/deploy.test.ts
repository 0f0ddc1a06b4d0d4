import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { until } from './live/until.ts';
import { ROOT, VEDETTE } from './run-vedette.ts';
import { whyNot } from './why-not.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
/** Made by the image's first stage. */
const BUILT = ['node_modules', 'build', 'dist', 'portal/dist'];
/** Not root, and nobody whom this machine knows. */
const OTHER = 64_001;

describe('the image', () => {
  const lines = read('Dockerfile')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const instruction = (name: string) => lines.filter((line) => line.startsWith(`${name} `));

  it('copies what is there or was built, and runs it as somebody who is not root', () => {
    const copied = instruction('COPY').flatMap((line) =>
      line
        .split(/\s+/)
        .slice(1, -1)
        .filter((part) => !part.startsWith('--')),
    );
    const missing = copied
      .map((path) => path.replace(/^\/app\//, ''))
      .filter((path) => !BUILT.includes(path) && !existsSync(join(ROOT, path)));

    expect(copied.length).toBeGreaterThan(5);
    expect(missing).toEqual([]);
    expect(instruction('USER').at(-1)).toBe('USER node');
    expect(instruction('ENTRYPOINT')).toEqual(['ENTRYPOINT ["bin/vedette"]']);
  });

  it('has the packages that the program imports', () => {
    const { dependencies, optionalDependencies = {} } = JSON.parse(read('package.json'));
    const imported = globSync('src/**/*.ts', { cwd: ROOT })
      .filter((path) => !/\.test\.ts$|testkit/.test(path))
      .flatMap((path) => [
        ...read(path).matchAll(/^(?:import|export) (?!type)[^'"]*?from '([^.'][^']*)'|\bimport\('([^.'][^']*)'\)/gm),
      ])
      .map(([, from, lazily]) => (from ?? lazily)!.replace(/^((?:@[^/]+\/)?[^/]+).*/, '$1'))
      .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));

    expect(imported).toContain('fastify');
    expect([...new Set(imported)].filter((name) => !(name in dependencies) && !(name in optionalDependencies))).toEqual(
      [],
    );
  });
});

it('has a configuration for the demo that the program takes, and volumes that are there', () => {
  const { services, volumes } = parse(read('compose.yaml'));
  const mounts = Object.values<{ volumes: string[] }>(services).flatMap((service) => service.volumes);
  const folder = mkdtempSync(join(tmpdir(), 'vedette-deploy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'postgresql.csv'), '');
  writeFileSync(join(folder, 'vedette.yaml'), read('deploy/vedette.yaml').replace('/var/log/postgresql', folder));
  const environment = { ...process.env, STORE_PASSWORD: 'x' };

  expect(mounts.length).toBeGreaterThan(3);
  for (const mount of mounts) {
    const source = mount.split(':')[0]!;
    expect(source in volumes || existsSync(join(ROOT, source))).toBe(true);
  }
  expect(() =>
    execFileSync(VEDETTE, ['check-config', '-c', join(folder, 'vedette.yaml')], { env: environment, stdio: 'pipe' }),
  ).not.toThrow();
});

const reason = whyNot(whyNoNamespace());

it.skipIf(reason !== undefined)(
  'runs as another user where nothing but its directory can be written',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vedette-deploy-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const config = join(folder, 'vedette.yaml');
    const log = join(folder, 'postgresql.csv');
    writeFileSync(log, '');
    const settings = {
      resources: [{ id: 'orders', kind: 'postgresql', logs: [{ path: log, format: 'csvlog' }] }],
      server: { directory: join(folder, 'data'), http: { port: 0 } },
      store: { url: `sqlite:${join(folder, 'data/vedette.db')}` },
    };
    writeFileSync(config, JSON.stringify(settings));
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'data'));
    execFileSync('chown', [String(OTHER), join(folder, 'data')]);
    const script = `mount --bind ${folder}/data ${folder}/data && mount -o remount,bind,ro / &&
    exec setpriv --reuid ${OTHER} --regid ${OTHER} --clear-groups ${VEDETTE} serve -c ${config}`;
    const server = spawn('unshare', ['--mount', 'sh', '-c', script], { stdio: ['ignore', 'ignore', 'pipe'] });
    onTestFinished(() => void server.kill('SIGKILL'));
    let told = '';
    server.stderr.on('data', (text) => {
      told += text;
    });
    const ended = new Promise((resolve) => server.once('close', resolve));
    await until(`it is at work: ${told}`, () => told.includes('watching 1 resources') || server.exitCode !== null);
    server.kill('SIGTERM');

    expect([await ended, told]).toEqual([0, expect.stringContaining('watching 1 resources')]);
  },
  120_000,
);

function whyNoNamespace(): string | undefined {
  try {
    execFileSync('unshare', ['--mount', 'setpriv', '--version'], { stdio: 'pipe' });
    return undefined;
  } catch {
    return 'only root may have a root file system that cannot be written';
  }
}
