import type { Activity } from '../../model/activity.ts';
import type { Resource } from '../../model/resource.ts';
import { SEVERITIES } from '../../model/severity.ts';
import type { Report } from '../detector.ts';
import type { Sensitivity } from '../sensitivity.ts';
import { injectionFinding, severityOf } from './injection-finding.ts';
import { addProbe, createProbing, type Probing, type SuspiciousStatement, scoreOf } from './probing.ts';
import type { Settings } from './sql-injection.ts';
import type { Suspect } from './suspect.ts';

const MINUTE_MS = 60_000;
const VOTES_FACTOR: Record<Sensitivity, number> = { low: 1.5, medium: 1, high: 0.8 };

/** Adds a suspicious statement to those of the last minutes, and reports them when they are an injection. True when they are. */
export function noteProbe(
  suspect: Suspect,
  statement: SuspiciousStatement,
  activity: Activity,
  options: Settings,
  report: Report,
  resource: Resource,
): boolean {
  if (suspect.probing !== undefined && activity.time - suspect.probing.endTime > options.windowMinutes * MINUTE_MS) {
    settleProbing(suspect, report);
    suspect.probing = undefined;
  }
  const threshold = Math.round(options.voteCount * VOTES_FACTOR[options.sensitivity]);
  const { key, suspicion, wasLetPass } = statement;
  if (wasLetPass && suspicion.score < threshold && !suspect.probing?.probes.has(key)) {
    return false; // its time was before: it is no sign of what goes on now
  }
  suspect.probing ??= createProbing(activity, suspect, resource);
  const { probing } = suspect;
  const isNews = addProbe(probing, statement, activity);
  probing.threshold = threshold;
  const isInjection = probing.isReported || scoreOf(probing) >= probing.threshold;
  if (isInjection && (!probing.isReported || (isNews && probing.count >= 2 * probing.reportedCount))) {
    tell(probing, report);
  }
  return isInjection;
}

/** Tells the statements of a reported probing that have not been told yet. */
export function settleProbing({ probing }: Suspect, report: Report): void {
  if (probing?.isReported && (probing.count > probing.reportedCount || probing.failed > probing.reportedFailed)) {
    tell(probing, report);
  }
}

/** What was told as grave stays so: when a statement is told it is not known yet that it will fail. */
function tell(probing: Probing, report: Report): void {
  const severity = severityOf(probing);
  probing.severity = SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(probing.severity) ? severity : probing.severity;
  probing.isReported = true;
  probing.reportedCount = probing.count;
  probing.reportedFailed = probing.failed;
  report.finding(injectionFinding(probing));
}
