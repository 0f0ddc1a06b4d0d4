import type { SeededRandom } from '../seeded-random.ts';
import { allDays, berlin, END, FIRST_DAY, HOUR, isWeekend, MINUTE, SECOND, utc, workingDays } from './calendar.ts';
import type { Container, CosmosClient, DataPlaneRequest } from './cosmos-record.ts';

/** Addresses were chosen for their country and network alone; they have nothing to do with their holders. */
const APP_ADDRESSES = ['20.61.120.5', '20.61.120.6'] as const; // Azure, West Europe
const APP_ADDRESS_AFTER_SCALING = '20.61.120.7';
const SCALED_OUT = utc(14, '09:00');

const APP: Omit<CosmosClient, 'address'> = {
  credential: {
    aadPrincipalId: '2a9be6f4-81c7-4c5d-b0e3-96d4f15c7a28',
    roleAssignmentId: '5c0e3c1b-77a4-4b6f-8a2e-d1934f60be25',
  },
  userAgent: 'cosmos-netstandard-sdk/3.46.1|1|X64|Linux 5.15.0-1075-azure|.NET 8.0.10|N|F 00000010|',
};
/** Copies changed products to the search index. */
const INDEXER: CosmosClient = {
  credential: { keyType: 'PrimaryMasterKey' },
  address: '20.61.120.40',
  userAgent: 'azsdk-java-cosmos/4.63.3 Linux/5.15.0-1075-azure JRE/17.0.12',
};
const EXPORT_JOB: CosmosClient = {
  credential: { keyType: 'PrimaryReadOnlyMasterKey' },
  address: '20.79.10.4', // Azure, Germany West Central
  userAgent: 'azsdk-python-cosmos/4.7.0 Python/3.11.9 (Linux-5.15.0-1075-azure-x86_64-with-glibc2.36)',
};
/** A catalog manager at the office. */
const PERSON: CosmosClient = {
  credential: {
    aadPrincipalId: '7d1f0c52-3b8e-4a6d-9c41-5e2ab0f7d913',
    roleAssignmentId: 'b81d6a07-2f39-4d9e-9be6-0c7a51f8e4d2',
  },
  address: '87.138.200.17', // Germany, Deutsche Telekom: the same office as in the PostgreSQL log
  userAgent: 'Node.js/20.17.0 (win32; x64) azure-cosmos-js/4.1.1',
};
const KEY_THIEF: CosmosClient = {
  credential: { keyType: 'PrimaryMasterKey' },
  address: '27.72.100.31', // Vietnam, Viettel
  userAgent: 'azsdk-python-cosmos/4.5.1 Python/3.10.12 (Windows-10-10.0.19045-SP0)',
};

/** Two weeks of requests, in order. */
export function cosmosTraffic(random: SeededRandom): DataPlaneRequest[] {
  const requests = [
    ...appRequests(random),
    ...allDays().flatMap((day) => nightlyExport(random, utc(day, '01:30'), random.between(28, 42))),
    ...allDays().flatMap((day) =>
      ['03:10', '09:10', '15:10', '21:10'].flatMap((at) => indexerRound(random, utc(day, at))),
    ),
    ...workingDays().flatMap((day) => personDay(random, day)),
    ...harmlessNoise(random),
    ...stolenKey(random),
    ...massExport(random),
  ];
  const inTime = requests.filter(({ time }) => time >= FIRST_DAY && time < END);
  return inTime.sort((a, b) => a.time - b.time);
}

function appRequests(random: SeededRandom): DataPlaneRequest[] {
  const requests: DataPlaneRequest[] = [];
  for (let hour = FIRST_DAY; hour < END; hour += HOUR) {
    const berlinHour = new Date(hour + HOUR).getUTCHours();
    const usual = berlinHour < 6 ? 5 : berlinHour >= 18 && berlinHour < 23 ? 24 : 14;
    const count = usual + random.between(0, 4) + (isWeekend(hour) ? 4 : 0);
    const addresses = hour < SCALED_OUT ? APP_ADDRESSES : [...APP_ADDRESSES, APP_ADDRESS_AFTER_SCALING];
    for (let n = 0; n < count; n++) {
      const client = { ...APP, address: random.pick(addresses) };
      requests.push(appRequest(random, hour + random.between(0, HOUR - 1), client));
    }
  }
  return requests;
}

function appRequest(random: SeededRandom, time: number, client: CosmosClient): DataPlaneRequest {
  const kind = random.next();
  const container = random.pick(['products', 'products', 'carts', 'reviews'] as const);
  const basics = { time, client, container, requestLength: 0 };
  if (kind < 0.55) {
    const isFound = random.next() < 0.96;
    const responseLength = isFound ? random.between(700, 2600) : 0;
    return { ...basics, operation: 'Read', status: isFound ? 200 : 404, responseLength, charge: 1 };
  }
  if (kind < 0.82) {
    return { ...basics, operation: 'Query', status: 200, ...page(random, 2_000, 18_000) };
  }
  return {
    ...basics,
    operation: 'Upsert',
    status: 200,
    requestLength: random.between(600, 2400),
    responseLength: 340,
    charge: 10.29,
  };
}

/** Pages of 250 to 400 kB: 8 to 15 MB a night. */
function nightlyExport(random: SeededRandom, start: number, pages: number): DataPlaneRequest[] {
  return feed(random, EXPORT_JOB, 'products', start, 5 * SECOND, pages, [250_000, 400_000]);
}

function indexerRound(random: SeededRandom, start: number): DataPlaneRequest[] {
  return feed(random, INDEXER, 'products', start, 3 * SECOND, 3, [150_000, 400_000]);
}

/** Two or three looks at the catalog on a working day, 12 to 25 queries each. */
function personDay(random: SeededRandom, day: number): DataPlaneRequest[] {
  const starts = ['08:50', '13:20', ...(random.next() < 0.7 ? ['15:30'] : [])];
  return starts.flatMap((start) => {
    const first = berlin(day, start) + random.between(0, 20 * MINUTE);
    return queries(random, PERSON, first, 90 * SECOND, random.between(12, 25), [25_000, 100_000]);
  });
}

/** What fails without being an attack: too many requests, and a right that is missing. */
const THROTTLED = { operation: 'Upsert', status: 429, requestLength: 900, responseLength: 0, charge: 0.38 } as const;
const FORBIDDEN = { operation: 'Create', status: 403, requestLength: 410, responseLength: 0, charge: 0 } as const;

/** Throttling during a campaign; an export that has to begin again; a right that is missing. */
function harmlessNoise(random: SeededRandom): DataPlaneRequest[] {
  const throttled = Array.from({ length: 60 }, (_, n): DataPlaneRequest => {
    const client = { ...APP, address: random.pick(APP_ADDRESSES) };
    const time = utc(12, '19:05') + n * 2 * SECOND + random.between(0, SECOND);
    return { ...THROTTLED, time, client, container: 'carts' };
  });
  const refused = [0, 1].map((n): DataPlaneRequest => {
    const time = berlin(10, '14:07') + n * 25 * SECOND;
    return { ...FORBIDDEN, time, client: PERSON, container: 'carts' };
  });
  return [...throttled, ...nightlyExport(random, utc(13, '02:05'), 22), ...refused];
}

/** The key of the indexer, used from elsewhere: what is there, then some of it. */
function stolenKey(random: SeededRandom): DataPlaneRequest[] {
  const start = utc(16, '04:12:20');
  const listing = { time: start, client: KEY_THIEF, operation: 'ReadFeed', status: 200 } as const;
  return [
    { ...listing, requestLength: 0, responseLength: 372, charge: 1 },
    ...feed(random, KEY_THIEF, 'products', start + 20 * SECOND, 15 * SECOND, 3, [30_000, 60_000]),
    ...queries(random, KEY_THIEF, start + 3 * MINUTE, 55 * SECOND, 15, [15_000, 45_000]),
  ];
}

/** Within an hour of the night, from the office, about thirty times what the person reads in an hour of the day. */
function massExport(random: SeededRandom): DataPlaneRequest[] {
  const start = utc(17, '23:05:40');
  return [
    ...feed(random, PERSON, 'products', start, 25 * SECOND, 36, [380_000, 520_000]),
    ...feed(random, PERSON, 'reviews', start + 18 * MINUTE, 25 * SECOND, 28, [380_000, 520_000]),
  ];
}

type Bytes = readonly [least: number, most: number];

function feed(
  random: SeededRandom,
  client: CosmosClient,
  container: Container,
  start: number,
  pauseMs: number,
  pages: number,
  bytes: Bytes,
): DataPlaneRequest[] {
  return Array.from({ length: pages }, (_, n) => ({
    ...{ client, container, operation: 'ReadFeed', status: 200, requestLength: 0 },
    time: start + n * pauseMs + random.between(0, pauseMs - 1),
    ...page(random, ...bytes),
  }));
}

function queries(
  random: SeededRandom,
  client: CosmosClient,
  start: number,
  pauseMs: number,
  count: number,
  bytes: Bytes,
): DataPlaneRequest[] {
  return Array.from({ length: count }, (_, n) => ({
    ...{ client, container: random.pick(['products', 'reviews']), operation: 'Query', status: 200 },
    requestLength: random.between(90, 240),
    time: start + n * pauseMs + random.between(0, pauseMs - 1),
    ...page(random, ...bytes),
  }));
}

/** Request units grow with what is read: about three for ten kilobytes. */
function page(random: SeededRandom, least: number, most: number): { responseLength: number; charge: number } {
  const responseLength = random.between(least, most);
  return { responseLength, charge: 2.2 + responseLength * 0.0003 };
}
