import { expect, it, onTestFinished, vi } from 'vitest';
import { openJournal } from '../../journal/journal.ts';
import { temporaryDirectory } from '../../journal/testkit.ts';
import { startAzureBlob } from './start-azure-blob.ts';

it.each([
  ['https://169.254.169.254/?sig=a', 'the metadata service of a cloud'],
  ['http://[fe80::1]:10000/account?sig=a', 'link-local'],
])('asks no account at %s, whatever names it', async (account, why) => {
  const journal = await openJournal({ directory: temporaryDirectory() });
  const intake = startAzureBlob({ settings: { account, container: 'logs' }, journal, pollMs: 50 });
  onTestFinished(async () => {
    await intake.close();
    await journal.close();
  });

  await vi.waitFor(() => expect(intake.status().problem).toContain(why), { timeout: 30_000 });
  expect(intake.status().state).toBe('refused');
});
