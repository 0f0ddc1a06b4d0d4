import { openJournalInput, releaseJournal } from '../../journal/journal-input.ts';
import type { Source } from '../source.ts';

/** Topics of Kafka, and event hubs by their Kafka endpoint. */
export const kafka: Source = { id: 'kafka', open: openJournalInput, release: releaseJournal };
