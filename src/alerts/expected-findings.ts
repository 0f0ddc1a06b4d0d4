import { type IpPrefix, parseCidr, parseIp, prefixOf } from '../lib/ip.ts';
import type { AddressFacts } from '../model/address-facts.ts';
import type { ExpectedRule } from '../model/expected-rule.ts';
import type { Finding } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';

/** The rule that fits a finding. */
export interface Expectation {
  rule: ExpectedRule;
  /** The rule would fit, but its time is over. */
  isOver: boolean;
}

/** Finds the rule of a finding: the first that holds, else the first that is over; undefined where none fits. */
export type FindExpectation = (detector: string, finding: Finding) => Expectation | undefined;

type Test = (finding: Finding) => boolean;

/** @returns what finds the rule for findings about one resource */
export function expectationsOf(rules: readonly ExpectedRule[], resource: Resource): FindExpectation {
  const tests = rules
    .filter(({ resourceKey }) => resourceKey === undefined || resourceKey === resource.key)
    .map((rule) => ({ rule, fits: testOf(rule) }));

  return (detector, finding) => {
    let over: Expectation | undefined;
    for (const { rule, fits } of tests) {
      const isAboutIt = rule.detector === undefined || rule.detector === detector;
      if (isAboutIt && fits(finding)) {
        if (finding.endTime < rule.until) {
          return { rule, isOver: false };
        }
        over ??= { rule, isOver: true };
      }
    }
    return over;
  };
}

/** Only what a rule names is asked of a finding: most are spelt out when they are asked. */
function testOf({ alertType, principal, application, network }: ExpectedRule): Test {
  const tests: Test[] = [];
  if (alertType !== undefined) {
    tests.push((finding) => finding.alertType === alertType);
  }
  if (principal !== undefined) {
    tests.push(({ entities }) => areAll([entities.principal, ...(entities.otherPrincipals ?? [])], principal));
  }
  if (application !== undefined) {
    tests.push(({ entities }) => areAll([entities.application], application));
  }
  if (network !== undefined) {
    const prefix = parseCidr(network);
    tests.push(({ entities: { address, otherAddresses } }) =>
      [address, ...(otherAddresses ?? [])].every((facts) => facts !== undefined && isWithin(facts, network, prefix)),
    );
  }
  return (finding) => tests.every((test) => test(finding));
}

/** Whether there are texts, and all are `pattern`, or begin with it where it ends in an asterisk. */
export function areAll(texts: readonly (string | undefined)[], pattern: string): boolean {
  const present = texts.filter((text) => text !== undefined && text !== '');
  const beginning = pattern.endsWith('*') ? pattern.slice(0, -1) : undefined;
  return (
    present.length > 0 &&
    present.every((text) => text === pattern || (beginning !== undefined && text?.startsWith(beginning)))
  );
}

function isWithin({ address, namedNetwork }: AddressFacts, name: string, prefix: IpPrefix | undefined): boolean {
  if (prefix === undefined) {
    return namedNetwork?.name === name;
  }
  const lanes = parseIp(address)?.lanes;
  if (lanes === undefined || lanes.length !== prefix.lanes.length) {
    return false;
  }
  return prefixOf(lanes, prefix.bits).lanes.every((lane, i) => lane === prefix.lanes[i]);
}
