import { openJournalInput, releaseJournal } from '../../journal/journal-input.ts';
import type { Source } from '../source.ts';

/** Diagnostic settings that Azure exports to a storage account: append blobs that grow for an hour. */
export const azureBlob: Source = { id: 'azure-blob', open: openJournalInput, release: releaseJournal };
