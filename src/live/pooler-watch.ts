import { ActivityClass } from '../model/activity.ts';
import type { Parser, RecordReader, Span } from '../parsers/parser.ts';
import type { LivePlan } from './live-plan.ts';

/** More addresses, or principals, tell no more. */
const MANY_ADDRESSES = 2;
const MANY_PRINCIPALS = 3;

/** All logins of a server that come from one address: perhaps a pooler stands before it. Plain data. */
export interface OneAddress {
  address: string;
  logins: number;
  /** Different ones, as far as they are counted. */
  principals: number;
  /** Event time of the first and the last, epoch milliseconds. */
  first: number;
  last: number;
}

/** Looks at where the clients of a PostgreSQL server come from. */
export interface PoolerWatch {
  /** To be shown each activity in view. */
  note(reader: RecordReader): void;
  /** Undefined: nobody logged in yet. `several`: from different addresses. */
  seen(): OneAddress | 'several' | undefined;
}

/** Undefined where no pooler can stand before a server unseen: its own log tells the clients. */
export function watchPoolers({ resource, logs }: LivePlan, parsers: readonly Parser[]): PoolerWatch | undefined {
  const formats = new Set(logs.flatMap(({ inputs }) => inputs.map(({ format }) => format)));
  const isTold = parsers.some(({ id, isPooler }) => isPooler === true && formats.has(id));
  return resource.engine === 'postgresql' && !isTold ? createPoolerWatch() : undefined;
}

export function createPoolerWatch(): PoolerWatch {
  const addresses = new Set<string>();
  const principals = new Set<string>();
  const seen = { logins: 0, first: Number.NaN, last: Number.NaN };

  function textOf({ window }: RecordReader, { start, end }: Span): string {
    return Buffer.from(window.bytes.subarray(start, end)).toString();
  }

  return {
    note(reader) {
      const { view } = reader;
      const isLogin = view.class === ActivityClass.authentication;
      if (addresses.size >= MANY_ADDRESSES || !(isLogin || view.class === ActivityClass.connection)) {
        return;
      }
      reader.findClient();
      if (view.address.end > view.address.start) {
        addresses.add(textOf(reader, view.address));
      }
      if (isLogin) {
        seen.logins++;
        seen.first = Number.isNaN(seen.first) ? view.time : seen.first;
        seen.last = view.time;
        if (principals.size < MANY_PRINCIPALS) {
          principals.add(textOf(reader, view.principal));
        }
      }
    },
    seen() {
      const [address] = addresses;
      if (addresses.size >= MANY_ADDRESSES) {
        return 'several';
      }
      return address === undefined ? undefined : { ...seen, address, principals: principals.size };
    },
  };
}
