/** Kinds of alerts that can be turned off, by the ids that Azure's settings have for them, and ours beside them. */
export const SWITCHES = [
  { id: 'Brute_Force', label: 'Password guessing' },
  { id: 'Access_Anomaly', label: 'Access from unusual places or principals' },
  { id: 'Data_Exfiltration', label: 'Unusual volumes of data' },
  { id: 'Sql_Injection', label: 'SQL injection' },
  { id: 'Sql_Injection_Vulnerability', label: 'Statements that are open to SQL injection' },
  { id: 'Unsafe_Action', label: 'Dangerous statements' },
  { id: 'Harmful_Application', label: 'Harmful applications' },
  { id: 'Weak_Authentication', label: 'Weak authentication' },
  { id: 'Forged_Log', label: 'Forged log lines' },
] as const;
