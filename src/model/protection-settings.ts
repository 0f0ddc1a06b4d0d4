/** How one resource is protected. What is absent is left to the next: override, policies, file, defaults. */
export interface ProtectionSettings {
  /** OFF: positions move on, nothing is judged or learned. */
  protection?: 'on' | 'off';
  /** Switches of the catalogue: `Brute_Force`, `Access_Anomaly` … */
  disabledAlerts?: readonly string[];
  /** Settings of detectors by id, as the configuration names them. */
  detectors?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Addresses that are told, beside the security contacts. */
  recipients?: readonly string[];
  /** Whether the owners of the subscription are told too. */
  emailAccountAdmins?: boolean;
  /** How long alerts are kept, days; 0: for ever. */
  retentionDays?: number;
}
