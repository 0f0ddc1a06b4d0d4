import { bruteForce } from './brute-force/brute-force.ts';
import { dataExfiltration } from './data-exfiltration/data-exfiltration.ts';
import type { Detector } from './detector.ts';
import { forgedLog } from './forged-log/forged-log.ts';
import { suspiciousAddress } from './suspicious-address/suspicious-address.ts';
import { unusualDataCenter } from './unusual-data-center/unusual-data-center.ts';
import { unusualLocation } from './unusual-location/unusual-location.ts';

/** Every detector. */
export const detectors: readonly Detector[] = [
  bruteForce,
  dataExfiltration,
  forgedLog,
  suspiciousAddress,
  unusualDataCenter,
  unusualLocation,
];
