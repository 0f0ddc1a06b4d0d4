import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Admin } from '@platformatic/kafka';
import { freePort } from './free-port.ts';
import { KAFKA_JARS } from './kafka/install.ts';

const START_TIMEOUT_MS = 120_000;
/** Any 16 bytes in base64. */
const CLUSTER_ID = 'AAAAAAAAAAAAAAAAAAAAAA';
/** Invented. */
export const KAFKA_USER = { username: 'vedette', password: 'invented-kafka-password' } as const;

export interface KafkaServer {
  /** Anybody, unencrypted. */
  broker: string;
  /** TLS, and SASL by PLAIN or by OAUTHBEARER with unsigned tokens. */
  secureBroker: string;
  /** PEM of who signed the broker's certificate. */
  ca: string;
  createTopic(topic: string, partitions: number): Promise<void>;
  stop(): Promise<void>;
}

/** Apache Kafka itself, one node in KRaft mode on 127.0.0.1. Ask `whyNoKafka` first. */
export async function startKafkaServer(): Promise<KafkaServer> {
  const root = mkdtempSync(join(tmpdir(), 'vedette-kafka-'));
  const [plain, secure, controller] = await Promise.all([freePort(), freePort(), freePort()]);
  const ca = makeCertificate(root);
  const config = join(root, 'server.properties');
  writeFileSync(config, properties(root, { plain, secure, controller }));
  java(['kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', config]);
  const output = openSync(join(root, 'output'), 'w');
  const server = spawn('java', [...JAVA, 'kafka.Kafka', config], { stdio: ['ignore', output, output] });
  const killWithUs = (): void => void server.kill('SIGKILL');
  process.once('exit', killWithUs);
  server.once('exit', () => process.removeListener('exit', killWithUs));
  const broker = `127.0.0.1:${plain}`;
  try {
    await untilReady(server, broker, root);
  } catch (error) {
    server.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
  return {
    broker,
    secureBroker: `127.0.0.1:${secure}`,
    ca,
    createTopic: (topic, partitions) =>
      withAdmin(broker, async (admin) => void (await admin.createTopics({ topics: [topic], partitions, replicas: 1 }))),
    async stop() {
      server.kill('SIGKILL'); // its data goes, too
      await once(server, 'exit');
      rmSync(root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

const JAVA = ['-Xmx320m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', join(KAFKA_JARS, '*')];

function java(command: readonly string[]): void {
  execFileSync('java', [...JAVA, ...command], { stdio: 'pipe' });
}

function properties(root: string, ports: { plain: number; secure: number; controller: number }): string {
  const { plain, secure, controller } = ports;
  const secureListener = 'listener.name.secure';
  const login = `org.apache.kafka.common.security.plain.PlainLoginModule required user_${KAFKA_USER.username}="${KAFKA_USER.password}"`;
  const unsigned =
    'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker"';
  return `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=OPEN://127.0.0.1:${plain},SECURE://127.0.0.1:${secure},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=OPEN://127.0.0.1:${plain},SECURE://127.0.0.1:${secure}
controller.listener.names=CONTROLLER
inter.broker.listener.name=OPEN
listener.security.protocol.map=OPEN:PLAINTEXT,SECURE:SASL_SSL,CONTROLLER:PLAINTEXT
${secureListener}.ssl.keystore.type=PEM
${secureListener}.ssl.keystore.location=${join(root, 'server.pem')}
${secureListener}.sasl.enabled.mechanisms=PLAIN,OAUTHBEARER
${secureListener}.plain.sasl.jaas.config=${login};
${secureListener}.oauthbearer.sasl.jaas.config=${unsigned};
log.dirs=${join(root, 'data')}
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
log.retention.check.interval.ms=1000
auto.create.topics.enable=false
`;
}

/** A certificate for 127.0.0.1 that signs itself; the broker's file holds key and certificate. */
function makeCertificate(root: string): string {
  const [key, certificate] = [join(root, 'key.pem'), join(root, 'certificate.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost', '-days', '2'];
  const files = ['-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject, ...files], { stdio: 'pipe' });
  const pem = readFileSync(certificate, 'utf8');
  writeFileSync(join(root, 'server.pem'), readFileSync(key, 'utf8') + pem);
  return pem;
}

async function untilReady(server: ChildProcess, broker: string, root: string): Promise<void> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; ) {
    if (server.exitCode !== null) {
      throw new Error(`Kafka stopped while starting: ${readFileSync(join(root, 'output'), 'utf8').slice(-2000)}`);
    }
    const answers = await withAdmin(broker, (admin) => admin.listTopics().then(() => true)).catch(() => false);
    if (answers) {
      return;
    }
    await sleep(200);
  }
  throw new Error(`Kafka did not start within ${START_TIMEOUT_MS / 1000} s`);
}

async function withAdmin<Result>(broker: string, use: (admin: Admin) => Promise<Result>): Promise<Result> {
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: [broker], retries: 0, connectTimeout: 2000 });
  try {
    return await use(admin);
  } finally {
    await admin.close().catch(() => {});
  }
}
