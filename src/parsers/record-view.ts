import type { Engine } from '../model/resource.ts';
import type { RecordView } from './parser.ts';

/** An empty view for a reader to fill. */
export function createRecordView(engine: Engine): RecordView {
  const span = () => ({ start: 0, end: 0 });
  return {
    engine,
    class: 0,
    time: Number.NaN,
    record: span(),
    principal: span(),
    database: span(),
    address: span(),
    application: span(),
    operation: span(),
    container: span(),
    statement: span(),
    resource: span(),
    sessionHigh: 0,
    sessionLow: 0,
    failure: 0,
    status: 0,
    isStatusGuessed: false,
    responseBytes: 0,
    reason: '',
  };
}
