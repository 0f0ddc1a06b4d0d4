import type { Store } from '../store/store.ts';
import type { DecisionRouting } from './routing.ts';

/** The same store; what people decide about alerts through it is told in the same transaction. */
export function tellingDecisions(store: Store, routing: DecisionRouting): Store {
  const { alerts } = store;
  return {
    ...store,
    alerts: {
      ...alerts,
      changeStatus: async (name, change, ifMatch) => {
        const stored = await alerts.get(name);
        const messages = stored === undefined ? [] : await routing(stored, change);
        return alerts.changeStatus(name, change, ifMatch, messages);
      },
    },
  };
}
