import { type AlertBook, type AlertRecord, createAlertBook } from '../alerts/alert-book.ts';
import { type Activity, ActivityClass, AuthenticationFailure, type Directory } from '../model/activity.ts';
import type { AddressFacts } from '../model/address-facts.ts';
import type { Revision } from '../model/decision.ts';
import type { ExpectedRule } from '../model/expected-rule.ts';
import type { Engine, Resource } from '../model/resource.ts';
import type { Detector, Watch } from './detector.ts';
import { createVocabulary, type Vocabulary } from './testkit-vocabulary.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START = Date.UTC(2026, 0, 5);

/** Midnight of the n-th day of a test's history; day 0 is Monday, 2026-01-05. */
export function day(n: number): number {
  return START + n * DAY_MS;
}

/** A time of a day, in hours. */
export function at(n: number, hour: number): number {
  return day(n) + hour * HOUR_MS;
}

/** `count` times from `start` on, `everyMs` apart. */
export function series(start: number, count: number, everyMs: number): number[] {
  return Array.from({ length: count }, (_, i) => start + i * everyMs);
}

/** One thing that happens in a test, in words. */
export interface Happening {
  class: number;
  engine: Engine;
  time: number;
  principal: string;
  database: string;
  application: string;
  address: AddressFacts;
  failure: number;
  responseBytes: number;
  status: number;
  operation: string;
  container: string;
  /** Text of the statement, and its rows where they are told. */
  statement: string;
  rows?: number;
  /** Of `Protection`. */
  protection: number;
  isLate: boolean;
}

/** Berlin, Deutsche Telekom; documentation addresses, as all here. */
export const office = publicAddress('198.51.100.7', 'DE', 'Germany', 3320, 'Deutsche Telekom AG');
export const home = publicAddress('198.51.100.90', 'DE', 'Germany', 3209, 'Vodafone GmbH');
export const brazil = publicAddress('203.0.113.7', 'BR', 'Brazil', 28_573, 'Claro NXT');
export const vietnam = publicAddress('203.0.113.77', 'VN', 'Vietnam', 7552, 'Viettel Group');

export function publicAddress(
  address: string,
  countryCode: string,
  countryName: string,
  number: number,
  organization: string,
): AddressFacts {
  const key = `${countryCode}/AS${number}`;
  return {
    address,
    location: { countryCode, countryName },
    autonomousSystem: { number, organization },
    place: { key, label: `${countryName}, AS${number} ${organization}`, kind: 'public', countryCode, countryName },
  };
}

export function privateAddress(address: string): AddressFacts {
  const subnet = `${address.split('.').slice(0, 3).join('.')}.0/24`;
  return { address, place: { key: subnet, label: subnet, kind: 'private' } };
}

export function namedAddress(address: string, name: string, trusted: boolean): AddressFacts {
  return { address, namedNetwork: { name, trusted }, place: { key: `named:${name}`, label: name, kind: 'named' } };
}

/** `alice` logs in to PostgreSQL from the office. */
export function signIn(what: Partial<Happening> = {}): Happening {
  return {
    class: ActivityClass.authentication,
    engine: 'postgresql',
    time: day(0),
    principal: 'alice',
    database: 'orders',
    application: 'psql',
    address: office,
    failure: AuthenticationFailure.none,
    responseBytes: 0,
    status: 0,
    operation: '',
    container: '',
    statement: '',
    protection: 0,
    isLate: false,
    ...what,
  };
}

/** `postgres` gives a wrong password from Brazil. */
export function failedSignIn(what: Partial<Happening> = {}): Happening {
  return signIn({
    class: ActivityClass.authenticationFailure,
    principal: 'postgres',
    address: brazil,
    application: '',
    failure: AuthenticationFailure.wrongCredential,
    ...what,
  });
}

/** `PrimaryMasterKey` reads from Cosmos DB from the office. */
export function dataAccess(what: Partial<Happening> = {}): Happening {
  return signIn({
    class: ActivityClass.dataAccess,
    engine: 'cosmosdb',
    principal: 'PrimaryMasterKey',
    database: 'shop',
    application: 'azsdk-js-cosmos/4.1.0',
    responseBytes: 1000,
    ...what,
  });
}

const PROVIDERS = '/subscriptions/3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051/resourceGroups/shop/providers';

export const orders: Resource = resource('postgresql', `${PROVIDERS}/Microsoft.DBforPostgreSQL/servers/orders`);
export const catalog: Resource = resource('cosmosdb', `${PROVIDERS}/Microsoft.DocumentDB/databaseAccounts/catalog`);

function resource(engine: Engine, id: string): Resource {
  return {
    key: id.toLowerCase(),
    id,
    engine,
    name: id.slice(id.lastIndexOf('/') + 1),
    subscriptionId: '3f5a8c1e-6b2d-4e7f-9a10-c4d8e2b7f051',
    resourceGroup: 'shop',
    location: 'local',
  };
}

/**
 * The alerts that one detector raises over a history, judged as the engine does: one state, in the order given.
 * Done three times, with ids swept after every activity and with other ids: the outcome has to be the same.
 */
export function replay(detector: Detector, history: readonly Happening[], settings: object = {}): AlertRecord[] {
  const alerts = replayOnce(detector, history, settings);
  const others = [{ isSwept: true }, { firstId: 1000 }].map((circumstances) =>
    replayOnce(detector, history, settings, circumstances),
  );
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(alerts))) {
    throw new Error('sweeping or numbering of ids changed the outcome');
  }
  return alerts;
}

/** The same done once: for histories so long that sweeping at each step would take too long. */
export function replayOnce(
  detector: Detector,
  history: readonly Happening[],
  settings: object = {},
  {
    isSwept = false,
    firstId = 1,
    expected = [] as readonly ExpectedRule[],
    acceptTime = Number.NaN,
    revised = [] as readonly (Revision & { time: number })[],
  } = {},
): AlertRecord[] {
  const of = history[0]?.engine === 'cosmosdb' ? catalog : orders;
  const watch = detector.watch(of, settings);
  const book = createAlertBook(of, expected);
  const report = {
    finding: (finding: Parameters<typeof book.add>[1]) => book.raise(detector.id, finding),
    again: (dedupKey: string, time: number) => book.again(detector.id, dedupKey, time),
    unsettled: () => {}, // nothing is called repeated
  };
  const vocabulary = createVocabulary(firstId);
  for (const [position, happening] of history.entries()) {
    if (happening.time >= acceptTime && (history[position - 1]?.time ?? 0) < acceptTime) {
      watch.settle(report, acceptTime);
      acceptAll(book, detector, watch, vocabulary.directory, acceptTime);
    }
    for (const revision of revised) {
      if (happening.time >= revision.time && (history[position - 1]?.time ?? 0) < revision.time) {
        watch.revise(revision, vocabulary.directory);
      }
    }
    if ((detector.watches & happening.class) !== 0) {
      watch.evaluate(activityOf(happening, position, vocabulary), report);
    }
    if (isSwept) {
      book.spellOut();
      vocabulary.sweep((holder) => watch.hold(holder));
    }
  }
  watch.settle(report, Number.POSITIVE_INFINITY);
  return [...book.alerts()];
}

/** Somebody dismisses every alert that there is. */
function acceptAll(book: AlertBook, { id }: Detector, watch: Watch, directory: Directory, time: number): void {
  for (const { finding } of book.alerts()) {
    const { dedupKey: key, severity, score } = finding;
    if (watch.accept(key, directory, time)) {
      const matter = { detector: id, key, severity, score: score.value, unit: score.unit };
      book.accept(matter, watch.isAcceptanceBounded, time);
    }
  }
}

let nextSerial = 1;

/** A happening as a detector sees it. @param position in the history */
export function activityOf(happening: Happening, position: number, vocabulary: Vocabulary): Activity {
  const { address, time } = happening;
  const origin = { source: 'test.csv', byteOffset: position };
  const text = `${new Date(time).toISOString()} ${happening.principal}@${address.address}`;
  return {
    ...happening,
    principal: vocabulary.principal(happening.principal),
    database: vocabulary.text(happening.database),
    application: vocabulary.application(happening.application),
    operation: vocabulary.word(happening.operation),
    container: vocabulary.word(happening.container),
    sessionHigh: 0,
    sessionLow: 0,
    ...origin,
    serial: nextSerial++,
    statementText: () => happening.statement,
    rowCount: () => happening.rows ?? -1,
    readStatement(read) {
      const bytes = Buffer.from(`${happening.statement}\0\0\0\0`);
      return read(bytes, 0, bytes.length - 4);
    },
    readRecorded: () => undefined,
    address: vocabulary.address(address),
    place: vocabulary.place(address),
    directory: vocabulary.directory,
    keep: () => [{ ...origin, time, show: () => ({ ...origin, text }) }],
  };
}
