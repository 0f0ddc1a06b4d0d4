import { learnedHabits } from '../../baselines/learned-habits.ts';
import { BASELINE_CLASSES } from '../../baselines/state-classes.ts';
import { ActivityClass, type Id } from '../../model/activity.ts';
import { Families } from '../application-families.ts';
import { defineDetector } from '../detector.ts';
import { Callers } from './callers.ts';
import { principalsOf, settleClient } from './clients.ts';
import { acceptClient, callersOf, createCustoms, holdCustoms } from './customs.ts';
import { judgeActivity, type State } from './judge-activity.ts';
import { limitsOf, settings } from './settings.ts';
import { createSources, settleSources } from './sources.ts';

/**
 * Somebody reaches the database with what is no ordinary client: probes of the protocol, connections on which nobody
 * logs in, guesses at the names of databases, another application than a principal always had.
 *
 * Probes need no learning. Blind spots: a tool that behaves like the application it robs; a probe of one connection a
 * second; whoever comes from where the application runs and gives its name.
 */
export const harmfulApplication = defineDetector({
  id: 'harmful-application',
  title: 'Potentially harmful application',
  attack: [
    { tactic: 'TA0001', technique: 'T1078' },
    { tactic: 'TA0001', technique: 'T1078.004' },
    { tactic: 'TA0043', technique: 'T1595' },
  ],
  watches:
    ActivityClass.connection |
    ActivityClass.protocolError |
    ActivityClass.authentication |
    ActivityClass.authenticationFailure |
    ActivityClass.unknownDatabase |
    ActivityClass.dataAccess,
  settings,
  stateClasses: { ...BASELINE_CLASSES, Callers, Families },
  createState: (): State => ({
    customs: createCustoms(),
    clients: new Map(),
    common: new Map(),
    sources: createSources(),
    missing: new Map(),
    limits: undefined,
  }),

  evaluate(activity, state, options, report, resource) {
    state.limits ??= limitsOf(options);
    state.customs.callers ??= callersOf(state.customs); // kept since 0.1
    state.common ??= new Map();
    judgeActivity(activity, state, { limits: state.limits, report, resource });
  },

  settle({ clients, sources, limits }, options, report, time) {
    for (const client of clients.values()) {
      settleClient(client, report);
    }
    settleSources(sources, time, { limits: limits ?? limitsOf(options), report });
  },

  learned: ({ customs: { applications, families } }, directory, time) =>
    learnedHabits(applications, 'application', time, {
      principal: (id) => directory.principal(id),
      value: (family) => families.nameOf(family),
    }),

  accept: ({ customs, clients }, key, directory, time) =>
    acceptClient(customs, { key, others: principalsOf(clients.get(key)) }, directory, time),

  revise({ customs: { applications, families } }, { kind, fact }, directory) {
    if (fact.about === 'application') {
      const fits = (id: Id, family: number) =>
        directory.principal(id) === fact.principal && families.nameOf(family) === fact.value;
      applications.revise(kind, fits);
    }
  },

  placeMoved: ({ customs }, from, to) => customs.places.inherit(from, to),

  hold({ customs, sources, missing }, holder) {
    customs.callers ??= callersOf(customs);
    holdCustoms(customs, holder, (address) => sources.bursts.has(address));
    for (const address of [...sources.bursts.keys(), ...sources.told.probes.keys(), ...missing.keys()]) {
      holder.address(address);
    }
  },
});
