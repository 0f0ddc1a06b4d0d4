import { bruteForce } from './brute-force/brute-force.ts';
import { dangerousStatement } from './dangerous-statement/dangerous-statement.ts';
import { dataExfiltration } from './data-exfiltration/data-exfiltration.ts';
import type { Detector } from './detector.ts';
import { forgedLog } from './forged-log/forged-log.ts';
import { harmfulApplication } from './harmful-application/harmful-application.ts';
import { keyExtraction } from './key-extraction/key-extraction.ts';
import { sqlInjection } from './sql-injection/sql-injection.ts';
import { suspiciousAddress } from './suspicious-address/suspicious-address.ts';
import { unfamiliarPrincipal } from './unfamiliar-principal/unfamiliar-principal.ts';
import { unusualDataCenter } from './unusual-data-center/unusual-data-center.ts';
import { unusualLocation } from './unusual-location/unusual-location.ts';
import { weakAuthentication } from './weak-authentication/weak-authentication.ts';

/** Every detector. */
export const detectors: readonly Detector[] = [
  bruteForce,
  dangerousStatement,
  dataExfiltration,
  forgedLog,
  harmfulApplication,
  keyExtraction,
  sqlInjection,
  suspiciousAddress,
  unfamiliarPrincipal,
  unusualDataCenter,
  unusualLocation,
  weakAuthentication,
];
