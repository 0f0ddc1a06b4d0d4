import type { AlertRecord } from './alert-book.ts';
import { linksOf } from './packed-finding.ts';

/** What is remembered of a story that was told. */
export interface ToldStory {
  parts: readonly AlertRecord[];
  endTime: number;
  /** Of its alerts, the incident among them. */
  names: readonly string[];
}

/** Alerts that may be of the same stories: these depend on no other alert. */
export interface StoryGroup {
  /** What was told of them last. */
  stories: readonly ToldStory[];
}

/** Alerts by what may link them, so that a change of one asks only for those that may be told with it. */
export interface StoryGroups {
  /** Notes an alert that was opened or has changed; they come in the order in which they were opened. */
  note(record: AlertRecord): StoryGroup;
  /** The alerts of a group, in the order in which they were opened. */
  alertsOf(group: StoryGroup): AlertRecord[];
  /** Place of an alert in the order in which all were opened. */
  orderOf: (record: AlertRecord) => number;
  /** All that were told. */
  stories(): ToldStory[];
  forget(records: ReadonlySet<AlertRecord>): void;
}

interface Node {
  record: AlertRecord;
  order: number;
  group: Group;
}

interface Group extends StoryGroup {
  nodes: Node[];
}

/** Who has a principal, and the first of them that is a suspicious success: what came later may follow from it. */
interface Followers {
  nodes: Set<Node>;
  first: Node | undefined;
}

export function createStoryGroups(): StoryGroups {
  let nodes = new Map<AlertRecord, Node>();
  /** By key, one of those that have it. */
  const owners = new Map<string, Node>();
  const principals = new Map<string, Followers>();
  let latest = 0;

  function join({ group: a }: Node, { group: b }: Node): void {
    if (a === b) {
      return;
    }
    const [into, from] = a.nodes.length >= b.nodes.length ? [a, b] : [b, a];
    for (const node of from.nodes) {
      node.group = into;
      into.nodes.push(node);
    }
    into.stories = [...into.stories, ...from.stories];
  }

  function nodeOf(record: AlertRecord, order: number): Node {
    const known = nodes.get(record);
    if (known !== undefined) {
      return known;
    }
    const node: Node = { record, order, group: { nodes: [], stories: [] } };
    node.group.nodes.push(node);
    nodes.set(record, node);
    return node;
  }

  function follow(node: Node, principal: string, isSuccess: boolean): void {
    const known = principals.get(principal) ?? { nodes: new Set(), first: undefined };
    principals.set(principal, known);
    known.nodes.add(node);
    if (isSuccess && (known.first === undefined || node.order < known.first.order)) {
      known.first = node;
      for (const other of known.nodes) {
        if (other.order > node.order) {
          join(node, other);
        }
      }
    } else if (known.first !== undefined && node.order > known.first.order) {
      join(known.first, node);
    }
  }

  function link(node: Node): void {
    const { keys, principal, isSuccess } = linksOf(node.record.finding);
    for (const key of keys) {
      const owner = owners.get(key) ?? node;
      owners.set(key, owner);
      join(owner, node);
    }
    if (principal !== undefined) {
      follow(node, principal, isSuccess);
    }
  }

  return {
    note(record) {
      const node = nodeOf(record, nodes.has(record) ? 0 : ++latest);
      link(node);
      return node.group;
    },
    alertsOf: (group) => (group as Group).nodes.sort((a, b) => a.order - b.order).map(({ record }) => record),
    orderOf: (record) => nodes.get(record)!.order,
    stories: () => [...new Set([...nodes.values()].map(({ group }) => group))].flatMap(({ stories }) => stories),
    forget(records) {
      const kept = [...nodes.values()].filter(({ record }) => !records.has(record));
      const stories = [...new Set(kept.map(({ group }) => group))].flatMap((group) => group.stories);
      nodes = new Map();
      owners.clear();
      principals.clear();
      for (const { record, order } of kept) {
        link(nodeOf(record, order));
      }
      for (const story of stories.filter(({ parts }) => parts.every((part) => !records.has(part)))) {
        const { group } = nodes.get(story.parts[0]!)!;
        group.stories = [...group.stories, story];
      }
    },
  };
}
