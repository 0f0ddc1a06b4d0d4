import { openJournal } from '../../../src/journal/journal.ts';
import { startKafka } from '../../../src/sources/kafka/start-kafka.ts';

/** A member of a group that can be killed: reads a topic into a journal until it is ended. */
const [directory = '', settings = ''] = process.argv.slice(2);

const journal = await openJournal({ directory });
const intake = startKafka({ settings: JSON.parse(settings), journal, format: 'jsonlog', sessionTimeoutMs: 6000 });
process.once('SIGTERM', () => void end());

async function end(): Promise<void> {
  await intake.close();
  await journal.close();
}
