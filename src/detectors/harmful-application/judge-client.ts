import type { Judgement } from '../../baselines/habit-judgement.ts';
import type { Activity } from '../../model/activity.ts';
import type { Severity } from '../../model/severity.ts';
import { NO_NAME } from '../application-families.ts';
import { isCopier, isHandTool } from '../hand-tools.ts';
import { agentKindOf, type ToolName, toolNameOf } from './client-kind.ts';
import { type Custom, type Customs, habitOf } from './customs.ts';
import { isOfPeople, isWherePeopleWork } from './people.ts';
import { MEDIUM_FAILURES } from './probe-finding.ts';
import type { Limits } from './settings.ts';
import { isInOwnNetwork, isInUsualCountry } from './surroundings.ts';

/** Added to the threshold where others on this resource use the application: people try the tools of colleagues. */
const PEERS_NATS = 2;
/** A program that is renamed now and then takes to no tools of people, and to none that copy databases, by that. */
const OTHER_KIND_NATS = 1;
const MILDEST_FIRST = ['Informational', 'Low', 'Medium'] as const satisfies readonly Severity[];

type Grade = (typeof MILDEST_FIRST)[number];

/** What speaks against the address beside the application. */
export interface Suspicion {
  /** Failed logins within the hour. */
  failures: number;
  isProbing: boolean;
  /** The log shows the connection being opened: then a name that is missing was not given. */
  isOpening: boolean;
}

export interface Verdict {
  variant: 'tool name' | 'copying tool' | 'tool behaviour';
  severity: Grade;
  judgement: Judgement;
  threshold: number;
  /** What speaks for it, in words. */
  votes: readonly string[];
  /** A person has the credential of a program; absent in states of 0.1. */
  isByHand?: boolean;
}

/** What an access through an application that is not usual says; undefined when nothing. Learns nothing. */
export function judgeClient(
  customs: Customs,
  access: Activity,
  custom: Custom,
  suspicion: Suspicion,
  limits: Limits,
): Verdict | undefined {
  const { principal, time } = access;
  const name = toolNameOf(customs.families.nameOf(custom.family));
  if (name === 'none' && customs.applications.isLearning(principal, time)) {
    return undefined; // nearly all
  }
  const { habits, isSteady, hasName } = habitOf(customs, principal, time);
  const judgement = customs.applications.judge(principal, custom.family, time);
  const isProgram = judgement.isSteady && !habits.some(({ value }) => isHandTool(customs.families.nameOf(value)));
  const isByHand = isProgram && isToolOfPeople(access);
  const isMadeForCopies = isCopier(customs.families.nameOf(custom.family));
  const isCopied = isProgram && isMadeForCopies;
  const peersNats = judgement.peers > 0 && !isSteady && !isProgram ? PEERS_NATS : 0;
  const threshold = limits.surpriseNats + peersNats - (isByHand || isCopied ? OTHER_KIND_NATS : 0);
  const isNovel = !judgement.isLearning && judgement.surprise >= threshold && (hasName || isByHand || isCopied);
  const gradeOf = isByHand ? byHandOf : isCopied ? copyOf : noveltyOf;
  const novelty = isNovel ? gradeOf(customs, access, custom, suspicion) : undefined;
  const isNewPlace = !custom.isUsualPlace && !judgement.isLearning;
  const tool = toolVerdictOf(name, access, suspicion, isNewPlace ? (novelty ?? 'Low') : novelty);
  const severity = tool ?? novelty;
  if (severity === undefined) {
    return undefined;
  }
  const behaviour = isMadeForCopies ? 'copying tool' : 'tool behaviour';
  const variant = tool === undefined ? behaviour : 'tool name';
  const votes = votesOf(custom, suspicion, isNovel, variant, isSteady);
  votes.push(...(isNovel && isByHand ? ['a tool of people in place of a program'] : []));
  return { variant, severity, judgement, threshold, votes, isByHand };
}

/** Staff open the database by hand from where staff or the program are, or live; from elsewhere it may be anybody. */
function byHandOf(
  { places, people }: Customs,
  access: Activity,
  { isUsualPlace }: Custom,
  { failures, isProbing }: Suspicion,
): Grade {
  if (isWherePeopleWork(people, access, isUsualPlace) && failures < MEDIUM_FAILURES && !isProbing) {
    return 'Informational';
  }
  const isNear =
    isUsualPlace ||
    places.judge(access.principal, access.place, access.time).peers > 0 ||
    isInOwnNetwork(places, access) ||
    isInUsualCountry(places, access);
  return isNear ? 'Low' : 'Medium';
}

/** A program's credential takes a whole database out: that is no job of the program, wherever it comes from. */
function copyOf(customs: Customs, access: Activity, custom: Custom, suspicion: Suspicion): Grade {
  const ordinary = noveltyOf(customs, access, custom, suspicion);
  return ordinary === undefined || ordinary === 'Informational' ? 'Low' : ordinary;
}

/** Whether people write statements in the application. A name of Cosmos DB's clients is that of a library. */
function isToolOfPeople({ engine, application, directory }: Activity): boolean {
  return engine === 'postgresql' && isHandTool(directory.application(application));
}

/** How grave another application is, for a principal that always had a name. */
function noveltyOf(customs: Customs, access: Activity, custom: Custom, { isOpening }: Suspicion): Grade | undefined {
  const { family, isUsualPlace, isUsualAddress } = custom;
  if (access.engine === 'cosmosdb') {
    return agentNoveltyOf(customs, access, custom);
  }
  const isNearby = !isUsualPlace && isInOwnNetwork(customs.places, access);
  if (family === NO_NAME) {
    const nearby = isUsualAddress ? 'Informational' : 'Low';
    return isOpening ? (isUsualPlace ? nearby : isNearby ? 'Low' : 'Medium') : undefined;
  }
  const { habits, isSteady } = habitOf(customs, access.principal, access.time);
  const name = customs.families.nameOf(family);
  if (isUsualPlace || (isNearby && !isCopier(name))) {
    return isSteady || isNearby ? 'Informational' : undefined;
  }
  const isOfPerson = isHandTool(name) && isOfPeople(habits, customs.families);
  return isSteady && !isOfPerson && !isNearby ? 'Medium' : 'Low';
}

/** The same for a client of Cosmos DB. */
function agentNoveltyOf(customs: Customs, access: Activity, { family, isUsualPlace }: Custom): Grade | undefined {
  const kind = family === NO_NAME ? 'plain HTTP' : agentKindOf(customs.families.nameOf(family));
  if (kind === 'plain HTTP') {
    return isUsualPlace ? 'Low' : 'Medium';
  }
  const { isSteady } = habitOf(customs, access.principal, access.time);
  if (isUsualPlace) {
    return isSteady ? 'Informational' : undefined;
  }
  return isSteady && kind === 'browser' ? 'Medium' : 'Low';
}

/** A name counts as one vote: alone it is worth little, beside others more. */
function toolVerdictOf(
  name: ToolName,
  { place, directory }: Activity,
  { failures, isProbing }: Suspicion,
  novelty: Grade | undefined,
): Grade | undefined {
  if (name === 'none') {
    return undefined;
  }
  const isFromOutside = place !== 0 && directory.place(place).kind === 'public';
  const others = [
    failures >= MEDIUM_FAILURES || isProbing,
    isFromOutside,
    novelty !== undefined && (novelty !== 'Informational' || name === 'clear'),
  ];
  const votes = others.filter(Boolean).length + (name === 'clear' ? 1 : 0);
  return votes === 0 ? undefined : MILDEST_FIRST[Math.min(votes, MILDEST_FIRST.length) - 1];
}

function votesOf(
  { family, isUsualPlace, isUsualAddress }: Custom,
  { failures, isProbing }: Suspicion,
  isNovel: boolean,
  variant: Verdict['variant'],
  isSteady: boolean,
): string[] {
  return [
    variant === 'tool name' ? 'the name is that of a tool for attacks' : '',
    isNovel && family === NO_NAME ? 'no name where there always was one' : '',
    isNovel && family !== NO_NAME ? `an application that is new${isSteady ? ' where there was only one' : ''}` : '',
    isUsualPlace ? '' : 'a new place',
    isUsualPlace && !isUsualAddress ? 'a new address' : '',
    failures > 0 ? `${failures} failed logins from there within the hour` : '',
    isProbing ? 'the address probed the server' : '',
  ].filter((vote) => vote !== '');
}
