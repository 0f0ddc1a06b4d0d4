import type { AddressFacts } from '../../model/address-facts.ts';
import { counted, describeAddress, duration, listed, minute, named } from '../describe.ts';
import type { Entered, GuessSource, NamedGuess } from './guess-source.ts';

/** Who tried what from where, whether it worked, and why that is not usual; in one sentence. */
export function summaryOf(source: GuessSource, address: AddressFacts, names: readonly NamedGuess[]): string {
  const { resource, failures, firstTime, lastFailureTime } = source;
  const times = `${counted(failures, 'time')} ${duration(lastFailureTime - firstTime)}`;
  const tried = `${describeAddress(address)} failed to log in to ${resource.name} ${times} ${triedAs(source, names)}`;
  const refused =
    source.notAllowed === failures ? ', each time refused by pg_hba.conf before a password was checked' : '';
  const subject = names.length === 1 ? named(names[0]!.name) : 'none of these names';
  return `${tried}${refused}${enteredText(source.entered)}; ${subject} had ${names.length === 1 ? 'not ' : ''}logged in from there in the 60 days before.`;
}

function triedAs({ hasMoreNames }: GuessSource, names: readonly NamedGuess[]): string {
  const shown = names.map(({ name }) => named(name));
  if (shown.length <= 3) {
    return `as ${listed(shown)}`;
  }
  return `under ${hasMoreNames ? 'more than ' : ''}${shown.length} names (${shown.slice(0, 3).join(', ')} …)`;
}

function enteredText(entered: readonly Entered[]): string {
  if (entered.length === 0) {
    return '';
  }
  const texts = entered.map(({ principal, logins, firstTime }) =>
    logins === 1
      ? `${named(principal)} at ${minute(firstTime)} UTC`
      : `${named(principal)} (${counted(logins, 'login')} from ${minute(firstTime)} UTC on)`,
  );
  return `, and got in as ${listed(texts)}`;
}
