import { elasticsearch } from './elasticsearch/elasticsearch.ts';
import { email } from './email/email.ts';
import { jsonLines } from './json-lines/json-lines.ts';
import { kafka } from './kafka/kafka.ts';
import type { Notifier } from './notifier.ts';
import { pagerduty } from './pagerduty/pagerduty.ts';
import { slack } from './slack/slack.ts';
import { splunk } from './splunk/splunk.ts';
import { syslog } from './syslog/syslog.ts';
import { teams } from './teams/teams.ts';
import { webhook } from './webhook/webhook.ts';

/** Every way to tell somebody. */
export const NOTIFIERS: readonly Notifier[] = [
  email,
  webhook,
  slack,
  teams,
  pagerduty,
  syslog,
  jsonLines,
  splunk,
  elasticsearch,
  kafka,
];
