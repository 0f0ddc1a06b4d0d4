import { z } from 'zod';
import { EXTENDED } from '../../alerts/extended-properties.ts';
import { splitStep } from '../../alerts/split-step.ts';
import type { Alert } from '../../model/alert.ts';
import type { StoredAlert } from '../../store/alert-store.ts';
import { isoTime, time } from './schemas.ts';

export const SEVERITIES = ['Informational', 'Low', 'Medium', 'High'] as const;
export const STATUSES = ['Active', 'InProgress', 'Resolved', 'Dismissed'] as const;

export const statusChange = z.object({
  status: z.enum(STATUSES),
  by: z.string(),
  time,
  reason: z.string().optional(),
});

const summaryShape = {
  name: z.string(),
  alertType: z.string(),
  displayName: z.string(),
  /** The sentence. */
  description: z.string().describe('What happened, in one sentence.'),
  severity: z.enum(SEVERITIES),
  status: z.enum(STATUSES),
  startTime: time.describe('First event.'),
  endTime: time.describe('Last event.'),
  resourceId: z.string(),
  resourceName: z.string(),
  principal: z.string().optional(),
  address: z.string().optional(),
  countryCode: z.string().optional(),
  isIncident: z.boolean(),
  correlationKey: z.string().describe('The same for all alerts of one intrusion.'),
  isHistorical: z.boolean().describe('From before Vedette ran: shown, never sent.'),
  detectedTime: time,
  changedTime: time,
  isSample: z.boolean().describe('Nothing happened: somebody asked for it.'),
  suppressedBy: z.string().optional(),
  etag: z.string(),
};

const step = z.object({
  words: z.string(),
  command: z.string().optional().describe('To copy: filled in with this user, address and resource.'),
});

const texts = z.record(z.string(), z.string());
const table = {
  title: z.string().optional(),
  columns: z.array(z.string()).optional(),
  rows: z.array(z.array(z.string())).optional().describe('What is usual, one text per column.'),
  observed: texts.optional().describe('What was seen.'),
  score: z.object({ value: z.number(), threshold: z.number(), unit: z.string() }).optional(),
};
const evidence = z
  .looseObject({
    ...table,
    timeline: z
      .object({
        label: z.string(),
        startTimeUtc: z.string(),
        stepMs: z.number(),
        counts: z.array(z.number()).describe('One for each step.'),
        marks: z.array(z.object({ timeUtc: z.string(), label: z.string() })),
      })
      .optional()
      .describe('How many there were over time.'),
    rawLines: z
      .array(z.looseObject({ source: z.string(), byteOffset: z.number(), text: z.string() }))
      .optional()
      .describe('Literals are masked.'),
    otherFindings: z
      .array(z.looseObject({ ...table, displayName: z.string(), summary: z.string() }))
      .optional()
      .describe('What else speaks against the same event.'),
  })
  .meta({ id: 'Evidence' });
/** Of Azure's alert resource what the portal shows; the rest is there too. */
const azureAlert = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    properties: z.looseObject({
      intent: z.string(),
      techniques: z.array(z.string()).optional(),
      subTechniques: z.array(z.string()).optional(),
      extendedProperties: texts,
      supportingEvidence: evidence,
    }),
  })
  .meta({ id: 'AzureAlert' });

export const alertSummary = z.object(summaryShape).meta({ id: 'AlertSummary' });
export const alertDetail = z
  .object({
    ...summaryShape,
    statusChange: statusChange.optional(),
    guidance: z.object({
      causes: z.array(z.string()).describe('Possible causes, benign and malign.'),
      investigation: z.array(step),
      remediation: z.array(step),
    }),
    alert: azureAlert.describe("Azure's alert resource of api-version 2022-01-01."),
  })
  .meta({ id: 'AlertDetail' });

export type AlertSummary = z.output<typeof alertSummary>;

export function summaryOf(stored: StoredAlert): AlertSummary {
  const { properties, name } = stored.alert;
  const account = properties.entities.find(({ type }) => type === 'account')?.name;
  const ip = properties.entities.find(({ type }) => type === 'ip');
  const country = (ip?.location as Record<string, unknown> | undefined)?.countryCode;
  return {
    name,
    alertType: properties.alertType,
    displayName: properties.alertDisplayName,
    description: properties.description,
    severity: properties.severity,
    status: properties.status,
    startTime: properties.startTimeUtc,
    endTime: properties.endTimeUtc,
    resourceId: properties.resourceIdentifiers[0]?.azureResourceId ?? '',
    resourceName: properties.compromisedEntity,
    ...(typeof account === 'string' && { principal: account }),
    ...(typeof ip?.address === 'string' && { address: ip.address }),
    ...(typeof country === 'string' && { countryCode: country }),
    isIncident: properties.isIncident,
    correlationKey: properties.correlationKey,
    isHistorical: stored.isHistorical,
    detectedTime: isoTime(stored.detectedTime),
    changedTime: isoTime(stored.changedTime),
    isSample: properties.extendedProperties[EXTENDED.sample] === 'true',
    ...(stored.suppressedBy !== undefined && { suppressedBy: stored.suppressedBy }),
    etag: stored.etag,
  };
}

export function detailOf(stored: StoredAlert) {
  const { statusChange: change } = stored;
  return {
    ...summaryOf(stored),
    ...(change !== undefined && { statusChange: { ...change, time: isoTime(change.time) } }),
    guidance: guidanceOf(stored.alert.properties),
    alert: stored.alert as unknown as z.output<typeof azureAlert>,
  };
}

function guidanceOf({ extendedProperties, remediationSteps }: Alert['properties']) {
  return {
    causes: linesOf(extendedProperties[EXTENDED.causes]),
    investigation: linesOf(extendedProperties[EXTENDED.investigation]).map(splitStep),
    remediation: remediationSteps.map(splitStep),
  };
}

function linesOf(text: string | undefined): string[] {
  return (text ?? '').split('\n').filter((line) => line !== '');
}
