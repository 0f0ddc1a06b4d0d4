import type { Severity } from '../model/severity.ts';

/** Told by mark and word, not by color alone; the colors are readable on white (4.5:1), mails have others for dark. */
export const SEVERITY_LOOK: Readonly<Record<Severity, { mark: string; color: string }>> = {
  High: { mark: '▲', color: '#b10e1c' },
  Medium: { mark: '◆', color: '#bc4b09' },
  Low: { mark: '■', color: '#7d6000' },
  Informational: { mark: '●', color: '#616161' },
};
