import type { AddressFacts } from '../../model/address-facts.ts';
import { counted, describeAddress, duration, listed, minute, named } from '../describe.ts';
import { isWide, perDay } from './evidence.ts';
import type { Entered, Guessing, NamedGuess } from './guessing.ts';
import { isRefused } from './verdict.ts';

/** Who tried what from where, whether it worked, and why that is not usual; in one sentence. */
export function summaryOf(
  guessing: Guessing,
  addresses: readonly AddressFacts[],
  names: readonly NamedGuess[],
): string {
  const { failures, firstTime, lastFailureTime } = guessing;
  const times = `${counted(failures, 'time')} ${duration(lastFailureTime - firstTime)}`;
  const tried = `${whoOf(guessing, addresses)} ${refusedBy(guessing)} ${times} ${triedAs(guessing, names)}`;
  return `${tried}${manner(guessing)}${enteredText(guessing)}; ${contrast(guessing, names)}.`;
}

function whoOf({ subject, hasMoreAddresses }: Guessing, addresses: readonly AddressFacts[]): string {
  if (subject === 'client' || addresses.length === 1) {
    return describeAddress(addresses[0]);
  }
  const count = `${hasMoreAddresses ? 'More than ' : ''}${counted(addresses.length, 'address', 'addresses')}`;
  return `${count} (${listed(addresses.map(describeAddress), 2)})`;
}

function refusedBy({ resource }: Guessing): string {
  return resource.engine === 'cosmosdb' ? `was refused by ${resource.name}` : `failed to log in to ${resource.name}`;
}

function triedAs({ hasMoreNames }: Guessing, names: readonly NamedGuess[]): string {
  const shown = names.map(({ name }) => named(name));
  if (shown.length <= 3) {
    return `as ${listed(shown)}`;
  }
  return `under ${hasMoreNames ? 'more than ' : ''}${shown.length} names (${shown.slice(0, 3).join(', ')} …)`;
}

function manner(guessing: Guessing): string {
  if (guessing.isMisconfigured) {
    return ', as a program with a wrong secret does';
  }
  if (isRefused(guessing)) {
    return guessing.resource.engine === 'cosmosdb'
      ? ', each time for want of a right or of access from there (403)'
      : ', each time refused by pg_hba.conf before a password was checked';
  }
  return '';
}

function enteredText(guessing: Guessing): string {
  const { entered, directory } = guessing;
  if (entered.length === 0) {
    return '';
  }
  const from = (one: Entered) => (!isWide(guessing) ? '' : ` from ${named(directory.address(one.address).address)}`);
  const texts = entered.map((one) =>
    one.logins === 1
      ? `${named(one.principal)}${from(one)} at ${minute(one.firstTime)} UTC`
      : `${named(one.principal)}${from(one)} (${counted(one.logins, 'login')} from ${minute(one.firstTime)} UTC on)`,
  );
  return `, and got in as ${listed(texts)}`;
}

/** How that differs from what is usual. */
function contrast(guessing: Guessing, names: readonly NamedGuess[]): string {
  if (isWide(guessing)) {
    return `usual from elsewhere are ${perDay(guessing.usualPerDay)}`;
  }
  const { refused } = guessing;
  if (guessing.resource.engine === 'cosmosdb') {
    return refused === undefined
      ? 'no request from there had been let in in the 60 days before'
      : `these were ${counted(refused.kinds, 'operation')} on ${counted(refused.containers, 'container')}, from where requests are let in: no program lacks so many rights at once`;
  }
  const before = guessing.followsAlert === true ? ', but for logins that an alert told of' : '';
  return names.length === 1
    ? `${named(names[0].name)} had not logged in from there in the 60 days before${before}`
    : `none of these names had logged in from there in the 60 days before${before}`;
}
