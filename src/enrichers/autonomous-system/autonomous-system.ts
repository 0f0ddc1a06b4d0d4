import type { IpAddress, IpLanes } from '../../lib/ip.ts';
import type { AutonomousSystem } from '../../model/address-facts.ts';
import { readDataFile } from '../data-file.ts';
import { dataPackageFiles } from '../data-package.ts';
import type { Enricher } from '../enricher.ts';
import { findValue, type IpRanges } from '../ip-ranges.ts';
import { isMmdb, loadMmdb, type Mmdb, mmdbAttributions, openMmdb } from '../mmdb.ts';
import { openAsNames } from './as-names.ts';
import { type AsRanges, parseAsRanges } from './as-ranges.ts';

const DATA_PACKAGE = '@ip-location-db/asn';
/** The fastest to read of each family. */
const DATA_PACKAGE_FILES = ['asn-ipv4-num.csv', 'asn-ipv6.csv'];
const DATA_PACKAGE_ATTRIBUTION =
  'AS data by RouteViews (https://www.routeviews.org), DB-IP (https://db-ip.com) and NRO (https://www.nro.net), CC BY 4.0';

/** One file, as loaded. */
type AsSource = { kind: 'mmdb'; database: Mmdb } | { kind: 'ranges'; table: AsRanges };

/** The network that announces an address. Of several files, the first that knows an address counts. */
export const autonomousSystem: Enricher<AsSource[]> = {
  id: 'autonomous-system',

  async load(settings) {
    const ownFiles = settings.asn.length === 0 ? dataPackageFiles(DATA_PACKAGE, DATA_PACKAGE_FILES) : [];
    const sources = await Promise.all([...settings.asn, ...ownFiles].map(loadSource));
    const databases = sources.flatMap((source) => (source.kind === 'mmdb' ? [source.database] : []));
    const attributions = [...mmdbAttributions(databases), ...ownFiles.map(() => DATA_PACKAGE_ATTRIBUTION)];
    return { tables: sources, attributions };
  },

  openGroups(sources) {
    const tables = sources.map((source) => (source.kind === 'ranges' ? source.table.ranges : undefined));
    if (tables.length > MOST_GROUPED || tables.includes(undefined)) {
      return () => -1;
    }
    return (lanes) => groupIn(tables as IpRanges[], lanes);
  },

  open(sources) {
    const lookups = sources.map(openSource);
    return (address, facts) => {
      for (let i = 0; i < lookups.length && facts.autonomousSystem === undefined; i++) {
        const system = lookups[i](address);
        if (system !== undefined) {
          facts.autonomousSystem = system;
        }
      }
    };
  },
};

/** Files that can be told apart in a group, and how many systems each may name: the registries have assigned 120,000. */
const MOST_GROUPED = 16;
const SYSTEMS = 2 ** 20;

function groupIn(tables: readonly IpRanges[], lanes: IpLanes): number {
  for (let i = 0; i < tables.length; i++) {
    const position = findValue(tables[i], lanes);
    if (position !== undefined) {
      return position < SYSTEMS ? i * SYSTEMS + position + 1 : -1;
    }
  }
  return 0;
}

async function loadSource(path: string): Promise<AsSource> {
  const file = await readDataFile('enrichment.asn', path);
  return isMmdb(file.bytes)
    ? { kind: 'mmdb', database: loadMmdb(file) }
    : { kind: 'ranges', table: parseAsRanges(file) };
}

function openSource(source: AsSource): (address: IpAddress) => AutonomousSystem | undefined {
  if (source.kind === 'mmdb') {
    return openMmdb(source.database, readSystem);
  }
  const systemAt = openAsNames(source.table.names);
  return (address) => {
    const position = findValue(source.table.ranges, address.lanes);
    return position === undefined ? undefined : systemAt(position);
  };
}

/** Reads a record of an ASN database in MaxMind's form. */
function readSystem(record: unknown): AutonomousSystem | undefined {
  const { autonomous_system_number: number, autonomous_system_organization: organization } = record as {
    autonomous_system_number?: unknown;
    autonomous_system_organization?: unknown;
  };
  if (typeof number !== 'number' || number === 0) {
    return undefined;
  }
  return { number, organization: typeof organization === 'string' ? organization : '' };
}
