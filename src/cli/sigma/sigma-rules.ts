import { accessRules } from './access-rules.ts';
import type { SigmaRule } from './sigma-rule.ts';
import { statementRules } from './statement-rules.ts';

/** In an order in which each rule that another refers to comes first. */
export function sigmaRules(): SigmaRule[] {
  return [...accessRules(), ...statementRules()];
}
