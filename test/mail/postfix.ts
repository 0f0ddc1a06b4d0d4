import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../servers/free-port.ts';

const POSTFIX = '/usr/sbin/postfix';
const DAEMONS = '/usr/lib/postfix/sbin';
/** Who has a box. */
const USERS = ['ops', 'dba', 'desk', 'vedette'];
const run = promisify(execFile);

/** A mail server of a user's machine, with folders of its own. */
export interface Postfix {
  port: number;
  /** The mails that it put into the box of an address of example.com, in the order of their names. */
  mailsOf(user: string): Buffer[];
  log(): string;
  stop(): Promise<void>;
}

/** Why Postfix cannot run here; undefined where it can. */
export function whyNoPostfix(): string | undefined {
  const isThere = existsSync(POSTFIX) && existsSync(join(DAEMONS, 'master'));
  return isThere && process.getuid?.() === 0
    ? undefined
    : 'mail to Postfix is not tested: it is not installed, or this is not the superuser, without whom it does not start';
}

/**
 * Takes mail for example.com on the loopback interface, only over TLS: for `gone` never, for `later` not now.
 *
 * @param pair PEM of its certificate
 */
export async function startPostfix(pair: { key: string; certificate: string }): Promise<Postfix> {
  const root = mkdtempSync(join(tmpdir(), 'vedette-postfix-'));
  chmodSync(root, 0o755);
  const [port, log] = [await freePort(), join(root, 'log', 'mail')];
  for (const folder of ['queue', 'data', 'mail', 'log', 'conf']) {
    mkdirSync(join(root, folder));
  }
  const conf = join(root, 'conf');
  writeFileSync(join(conf, 'key.pem'), pair.key, { mode: 0o600 });
  writeFileSync(join(conf, 'certificate.pem'), pair.certificate);
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => (await run('id', [flag, 'nobody'])).stdout.trim()),
  );
  await run('chown', ['postfix', join(root, 'data')]);
  await run('chown', [`${uid}:${gid}`, join(root, 'mail')]);
  writeFileSync(join(conf, 'main.cf'), mainConfig({ root, conf, log, uid: uid!, gid: gid! }));
  writeFileSync(join(conf, 'master.cf'), masterConfig(port));
  const daemon = spawn(POSTFIX, ['-c', conf, 'start-fg'], { stdio: 'ignore' });
  const exited = once(daemon, 'exit');
  const read = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  const stop = async () => {
    await run(POSTFIX, ['-c', conf, 'stop']).catch(() => daemon.kill());
    await exited;
    rmSync(root, { recursive: true, force: true });
  };
  await listening(port, read).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    port,
    mailsOf: (user) =>
      globSync(join(root, 'mail/example.com', user, 'new/*'))
        .toSorted()
        .map((path) => readFileSync(path)),
    log: read,
    stop,
  };
}

function mainConfig({ root, conf, log, uid, gid }: Record<'root' | 'conf' | 'log' | 'uid' | 'gid', string>): string {
  return `
compatibility_level = 3.6
queue_directory = ${root}/queue
data_directory = ${root}/data
command_directory = /usr/sbin
daemon_directory = ${DAEMONS}
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${log}
maillog_file_prefixes = ${root}
myhostname = mail.example.com
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
virtual_mailbox_domains = example.com
virtual_mailbox_base = ${root}/mail
virtual_mailbox_maps = inline:{${USERS.map((user) => `{${user}@example.com = example.com/${user}/}`).join(', ')}}
virtual_minimum_uid = 1
virtual_uid_maps = static:${uid}
virtual_gid_maps = static:${gid}
smtpd_tls_security_level = encrypt
smtpd_tls_key_file = ${conf}/key.pem
smtpd_tls_cert_file = ${conf}/certificate.pem
smtpd_recipient_restrictions = check_recipient_access inline:{{gone@example.com = 550 no such user}, {later@example.com = 450 try later}}, permit_mynetworks, reject
`;
}

/** Nothing in a change root, so that the queue needs no copies of the system's files. */
function masterConfig(port: number): string {
  return `
127.0.0.1:${port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
tlsmgr unix - - n 1000? 1 tlsmgr
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
`;
}

async function listening(port: number, log: () => string): Promise<void> {
  for (const end = Date.now() + 60_000; !(await answers(port)); await pause(50)) {
    if (Date.now() > end) {
      throw new Error(`Postfix does not answer: ${log()}`);
    }
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket
      .once('data', () => resolve(true))
      .once('error', () => resolve(false))
      .once('close', () => resolve(false));
    socket.once('data', () => socket.destroy());
  });
}
