import { parseCidr } from '../../lib/ip.ts';
import { UserError } from '../../lib/user-error.ts';
import type { CloudRegion } from '../../model/address-facts.ts';
import { readDataFile } from '../data-file.ts';
import type { Enricher } from '../enricher.ts';
import { addPrefix, createRangeList, findValue, type IpRanges, sealRanges } from '../ip-ranges.ts';
import { parseCloudList } from './cloud-list.ts';

interface CloudRegionTables {
  /** Ranges to positions in `regions`. */
  ranges: IpRanges;
  regions: CloudRegion[];
}

/** The data centre that an address belongs to. Lists overlap, within one provider too: the most specific block counts. */
export const cloudRegion: Enricher<CloudRegionTables> = {
  id: 'cloud-region',

  async load(settings) {
    const list = createRangeList();
    const regions: CloudRegion[] = [];
    for (const path of settings.cloudRanges) {
      const file = await readDataFile('enrichment.cloudRanges', path);
      for (const { region, prefixes } of parseCloudList(file)) {
        for (const text of prefixes) {
          const prefix = parseCidr(text);
          if (prefix === undefined) {
            throw new UserError(`${file.label}: "${text}" is not a CIDR block; fetch the file again`);
          }
          addPrefix(list, prefix, regions.length);
        }
        regions.push(region);
      }
    }
    return { tables: { ranges: sealRanges(list), regions }, attributions: [] };
  },

  isEmpty: ({ regions }) => regions.length === 0,

  open({ ranges, regions }) {
    return (address, facts) => {
      const position = findValue(ranges, address.lanes);
      if (position !== undefined) {
        facts.cloudRegion = regions[position];
      }
    };
  },
};
