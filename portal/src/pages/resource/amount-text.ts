import { bytesText } from '../../components/bytes-text.ts';

/** An amount in its unit, as people read it. */
export function amountText(unit: string, amount: number): string {
  return unit.startsWith('bytes') ? bytesText(amount) : amount.toLocaleString();
}
