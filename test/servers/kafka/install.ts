import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const INSTALL_TIMEOUT_MS = 600_000;
/** Kafka 4 needs it. */
const MIN_JAVA = 17;

/** Holds the jars of the broker once `whyNoKafka` gave no reason. */
export const KAFKA_JARS = join(folder, 'jars');

/**
 * Why this machine cannot run a broker, in one sentence; undefined when it can. Fetches the jars that pom.xml names when
 * first asked.
 */
export function whyNoKafka(): string | undefined {
  const java = javaVersion();
  if (java === undefined || java < MIN_JAVA) {
    return `Kafka is not tested: there is no Java ${MIN_JAVA} or later`;
  }
  return existsSync(KAFKA_JARS) ? undefined : fetchJars();
}

function javaVersion(): number | undefined {
  try {
    const [, major] =
      /version "(\d+)/.exec(execFileSync('sh', ['-c', 'java -version 2>&1'], { encoding: 'utf8' })) ?? [];
    return major === undefined ? undefined : Number(major);
  } catch {
    return undefined;
  }
}

/** Into a folder of its own first: a run that breaks off, or one beside ours, leaves nothing half done. */
function fetchJars(): string | undefined {
  const part = join(folder, `jars-${process.pid}`);
  try {
    mkdirSync(part);
    const run = ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${part}`];
    execFileSync('mvn', run, { cwd: folder, stdio: 'pipe', timeout: INSTALL_TIMEOUT_MS });
    if (!existsSync(KAFKA_JARS) && readdirSync(part).length > 0) {
      renameSync(part, KAFKA_JARS);
    }
    return undefined;
  } catch (error) {
    return `Kafka is not tested: Maven cannot fetch it (${(error as Error).message.split('\n')[0]})`;
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}
