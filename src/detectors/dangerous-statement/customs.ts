const DAY_MS = 86_400_000;
/** A custom is remembered for so long after its last use. */
const MEMORY_DAYS = 60;
/** Statements remembered at a time, of all principals. */
const MAX_CUSTOMS = 4096;

/** As many as no setting asks for more. */
const CERTAIN_DAYS = 14;

/** One dangerous statement of one principal, as often as it was seen. */
export interface Custom {
  principal: string;
  variant: string;
  /** With its literals masked. */
  statement: string;
  firstTime: number;
  lastTime: number;
  /** Different days on which it was seen while customs were learned. */
  days: number;
  uses: number;
}

/** Who does which dangerous thing as a matter of routine. About 500 bytes each. */
export class Customs {
  private readonly all = new Map<string, Custom>();

  /** Notes a use and says whether it is a custom: seen on so many days. Forgets what was not seen for 60 days. */
  use(key: string, time: number, minDays: number): boolean {
    const custom = this.all.get(key);
    if (custom === undefined || custom.days < minDays) {
      return false;
    }
    if (time - custom.lastTime > MEMORY_DAYS * DAY_MS) {
      this.all.delete(key);
      return false;
    }
    custom.lastTime = Math.max(custom.lastTime, time);
    custom.uses++;
    return true;
  }

  /** Notes a statement while customs are learned. */
  learn(key: string, time: number, what: Pick<Custom, 'principal' | 'variant' | 'statement'>): void {
    const custom = this.all.get(key);
    if (custom !== undefined) {
      custom.days += Math.floor(time / DAY_MS) > Math.floor(custom.lastTime / DAY_MS) ? 1 : 0;
      custom.lastTime = Math.max(custom.lastTime, time);
      custom.uses++;
      return;
    }
    if (this.all.size >= MAX_CUSTOMS) {
      this.forgetQuarter();
    }
    this.all.set(key, { ...what, firstTime: time, lastTime: time, days: 1, uses: 1 });
  }

  /** Makes a statement a custom: somebody accepted it. */
  accept(key: string, time: number, what: Pick<Custom, 'principal' | 'variant' | 'statement'>): void {
    this.learn(key, time, what);
    this.all.get(key)!.days = CERTAIN_DAYS;
  }

  /** What a principal did of one kind before. */
  of(principal: string, variant: string, before: number): Custom[] {
    return [...this.all.values()].filter(
      (custom) => custom.principal === principal && custom.variant === variant && custom.firstTime < before,
    );
  }

  /** Forgets those seen on the fewest days, and of them the oldest. */
  private forgetQuarter(): void {
    const byWorth = [...this.all].sort(([, a], [, b]) => a.days - b.days || a.lastTime - b.lastTime);
    for (const [key] of byWorth.slice(0, MAX_CUSTOMS / 4)) {
      this.all.delete(key);
    }
  }
}
