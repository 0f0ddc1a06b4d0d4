/**
 * Switches by which people turn kinds of alerts off (`disabledAlerts`), with the detectors that they stand for. The first
 * ones are Microsoft's names for its server security alert policies.
 */
export const ALERT_SWITCHES: Readonly<Record<string, readonly string[]>> = {
  Sql_Injection: ['sql-injection'],
  Sql_Injection_Vulnerability: ['sql-injection'],
  Access_Anomaly: [
    'unusual-location',
    'unusual-data-center',
    'unfamiliar-principal',
    'suspicious-address',
    'key-extraction',
  ],
  Data_Exfiltration: ['data-exfiltration'],
  Unsafe_Action: ['dangerous-statement'],
  Brute_Force: ['brute-force'],
  Harmful_Application: ['harmful-application'],
  Weak_Authentication: ['weak-authentication'],
  Forged_Log: ['forged-log'],
};

/** The detectors that nothing is left of. A detector with several switches is off when all of them are. */
export function detectorsOff(disabled: readonly string[]): ReadonlySet<string> {
  const on = Object.entries(ALERT_SWITCHES).filter(([name]) => !disabled.includes(name));
  const left = new Set(on.flatMap(([, detectors]) => detectors));
  const named = disabled.flatMap((name) => ALERT_SWITCHES[name] ?? []);
  return new Set(named.filter((id) => !left.has(id)));
}
