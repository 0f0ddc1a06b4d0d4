import type { Severity } from '../model/severity.ts';

/** Told by mark and word, not by color alone; colors that are readable on white and on black. */
export const SEVERITY_LOOK: Readonly<Record<Severity, { mark: string; color: string }>> = {
  High: { mark: '▲', color: '#d13438' },
  Medium: { mark: '◆', color: '#da5b0b' },
  Low: { mark: '■', color: '#a67c00' },
  Informational: { mark: '●', color: '#777777' },
};
