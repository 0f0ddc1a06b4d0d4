import { ActivityClass } from '../../model/activity.ts';
import { at, dataAccess, type Happening, privateAddress, replay } from '../testkit.ts';
import { keyExtraction } from './key-extraction.ts';

export const LIST = 'MICROSOFT.DOCUMENTDB/DATABASEACCOUNTS/LISTKEYS/ACTION';
export const REGENERATE = 'Microsoft.DocumentDB/databaseAccounts/regenerateKey/action';

/** `dana@example.com` lists the keys from the office. */
export function keyOperation(what: Partial<Happening> = {}): Happening {
  return dataAccess({
    class: ActivityClass.keyOperation,
    principal: 'dana@example.com',
    operation: LIST,
    application: '',
    database: '',
    responseBytes: 0,
    status: 200,
    time: at(20, 12),
    ...what,
  });
}

/** The application reaches the account four times a day, and a pipeline lists the keys each morning. */
export function ordinary(days: number): Happening[] {
  return Array.from({ length: days }, (_, n) => [
    ...[0, 6, 12, 18].map((hour) => dataAccess({ time: at(n, hour) })),
    keyOperation({ time: at(n, 5), principal: 'pipeline', address: privateAddress('10.1.2.3') }),
  ])
    .flat()
    .sort((a, b) => a.time - b.time);
}

export function found(history: readonly Happening[], settings: object = {}) {
  return replay(keyExtraction, history, settings).map(({ finding }) => `${finding.variant} ${finding.severity}`);
}
