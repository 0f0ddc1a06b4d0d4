import type { z } from 'zod';
import type { Activity, Directory, Id } from '../model/activity.ts';
import type { Revision } from '../model/decision.ts';
import type { Resource } from '../model/resource.ts';
import type { DetectorDefinition, Holder, Report, Watch } from './detector.ts';

/** A definition at work. One class for all of them: the pipeline's calls then find their way at once. */
export class DefinedWatch<State, Settings extends z.ZodObject> implements Watch {
  readonly watches: number;
  readonly passesOver: number;
  readonly state: State;
  readonly isAcceptanceBounded: boolean;
  private readonly definition: DetectorDefinition<State, Settings>;
  private readonly resource: Resource;
  private readonly settings: z.output<Settings>;
  /** Of the definition: they differ in shape, so that looking this up for each activity would take time. */
  private readonly judge: DetectorDefinition<State, Settings>['evaluate'];

  constructor(
    definition: DetectorDefinition<State, Settings>,
    resource: Resource,
    settings: z.output<Settings>,
    state: State,
  ) {
    this.definition = definition;
    this.resource = resource;
    this.settings = settings;
    this.state = state;
    this.watches = definition.watches;
    this.passesOver = definition.passesOver ?? 0;
    this.isAcceptanceBounded = definition.isAcceptanceBounded === true;
    this.judge = definition.evaluate;
  }

  evaluate(activity: Activity, report: Report): void {
    const { judge } = this;
    judge(activity, this.state, this.settings, report, this.resource);
  }

  settle(report: Report, time: number): void {
    this.definition.settle?.(this.state, this.settings, report, time);
  }

  hold(holder: Holder): void {
    this.definition.hold(this.state, holder);
  }

  placeMoved(from: Id, to: Id): void {
    this.definition.placeMoved?.(this.state, from, to);
  }

  accept(key: string, directory: Directory, time: number): boolean {
    return this.definition.accept?.(this.state, key, directory, time) ?? false;
  }

  revise(revision: Revision, directory: Directory): void {
    this.definition.revise?.(this.state, revision, directory);
  }

  forget(fits: (principal: string) => boolean, directory: Directory, time: number): void {
    const known = this.definition.learned?.(this.state, directory, time) ?? [];
    for (const { kind: about, principal, value } of known.filter((it) => fits(it.principal))) {
      this.revise({ kind: 'forget', fact: { about, principal, value } }, directory);
    }
  }
}
