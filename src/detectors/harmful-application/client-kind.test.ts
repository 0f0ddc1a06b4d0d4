import { expect, it } from 'vitest';
import { familyOf } from '../application-family-of.ts';
import { agentKindOf, toolNameOf } from './client-kind.ts';

it.each([
  ['sqlmap/1.8.2#stable (https://sqlmap.org)', 'clear'],
  ['Nmap Scripting Engine', 'clear'],
  ['THC-Hydra', 'clear'],
  ['hydra v9.4', 'ambiguous'],
  ['ory-hydra', 'none'],
  ['nmap-inventory-import', 'none'],
  ['sqlmapper', 'none'],
])('as the name of a tool for attacks %j is %s', (name, expected) => {
  expect(toolNameOf(familyOf(name))).toBe(expected);
});

it.each([
  ['azsdk-js-cosmos', 'sdk'],
  ['documentdb-netcore-sdk', 'sdk'],
  ['mozilla', 'browser'],
  ['curl', 'plain HTTP'],
  ['python-requests', 'plain HTTP'],
])('%s is of kind %s', (family, expected) => {
  expect(agentKindOf(family)).toBe(expected);
});
