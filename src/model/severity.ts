/** Azure's alert severities, mildest first. High: wake a person. */
export const SEVERITIES = ['Informational', 'Low', 'Medium', 'High'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How sure the detector is that the finding is what it says. */
export type Confidence = 'low' | 'medium' | 'high';
