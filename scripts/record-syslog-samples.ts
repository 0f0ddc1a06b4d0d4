/**
 * Records `src/parsers/syslog/samples/<template>-<major>.log`: real servers that log to a real rsyslog, each with
 * another prefix and other settings. The same servers write a csvlog, from which an independent reader counts what the
 * syslog must hold (`<template>-<major>.expected.json`).
 * Run as root where no syslog daemon runs: `npx node scripts/record-syslog-samples.ts` (needs `rsyslogd`, `openssl`).
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PostgresqlMajor, startPostgresql } from '../test/servers/postgresql.ts';
import { playCsvlogSession, SESSION_ADDRESSES, SESSION_HBA } from './record/csvlog-session.ts';
import { forgeLines } from './record/forge-lines.ts';
import { publishLog } from './record/publish-log.ts';
import { summarizeCsvlog } from './record/summarize-csvlog.ts';
import { type SyslogTemplate, settleSyslog, startSyslog } from './record/syslog-daemon.ts';

interface Recording {
  template: SyslogTemplate;
  major: PostgresqlMajor;
  settings: Readonly<Record<string, string>>;
}

const RECORDINGS: readonly Recording[] = [
  { template: 'traditional', major: 13, settings: { log_line_prefix: '%m [%p] %q%u@%d ' } },
  { template: 'iso', major: 16, settings: { log_line_prefix: '' } },
  {
    template: 'rfc5424',
    major: 18,
    settings: { log_line_prefix: '%c %l %e %q%u/%d %a %r ', syslog_split_messages: 'off', log_connections: 'all' },
  },
];

const samples = new URL('../src/parsers/syslog/samples/', import.meta.url);

for (const recording of RECORDINGS) {
  const name = `${recording.template}-${recording.major}`;
  const { syslog, csvlog } = await record(recording);
  const summary = summarizeCsvlog(csvlog, recording.major);
  writeFileSync(new URL(`${name}.log`, samples), syslog);
  writeFileSync(new URL(`${name}.expected.json`, samples), `${JSON.stringify(summary, null, 2)}\n`);
  console.log(`${name}.log: ${summary.records} records, ${Buffer.byteLength(syslog)} bytes`);
}

async function record({ template, major, settings }: Recording): Promise<{ syslog: string; csvlog: string }> {
  const daemon = await startSyslog(template);
  try {
    const server = await startPostgresql(major, {
      hba: SESSION_HBA,
      settings: {
        listen_addresses: '127.0.0.1,::1',
        max_connections: 8,
        max_wal_senders: 0,
        ssl: 'on',
        ssl_cert_file: '../server.crt',
        ssl_key_file: '../server.key',
        log_destination: 'csvlog,syslog',
        ...settings,
      },
      prepare: makeCertificate,
    });
    try {
      await playCsvlogSession(server);
      await forgeLines(server);
      await server.stop('keep');
      await settleSyslog();
      const csvlog = server.logFiles().map((file) => readFileSync(file, 'utf8'));
      return {
        syslog: publishLog(daemon.text(), server, SESSION_ADDRESSES),
        csvlog: publishLog(csvlog.join(''), server, SESSION_ADDRESSES),
      };
    } finally {
      await server.stop();
    }
  } finally {
    await daemon.stop();
  }
}

function makeCertificate(root: string): void {
  const files = ['-keyout', join(root, 'server.key'), '-out', join(root, 'server.crt')];
  const subject = ['-subj', '/CN=orders.example.com', '-days', '3650'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...files], { stdio: 'pipe' });
}
