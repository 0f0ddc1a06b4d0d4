import type { components, paths } from './openapi.d.ts';

export type { paths };

/** Shapes of what the server tells, under short names: all of them come from its own document. */
type Schemas = components['schemas'];
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What a route answers when it succeeds. */
export type Answer<M extends Method, P extends keyof paths> =
  paths[P] extends Record<M, { responses: infer R }> ? JsonOf<R[keyof R & (200 | 201 | 202)]> : never;
/** What a route is sent. */
export type Body<M extends Method, P extends keyof paths> =
  paths[P] extends Record<M, { requestBody?: infer B }> ? JsonOf<NonNullable<B>> : never;
type JsonOf<T> = T extends { content: { 'application/json': infer J } } ? J : never;

export type AlertSummary = Schemas['AlertSummary'];
export type AlertDetail = Schemas['AlertDetail'];
export type AlertComment = Schemas['AlertComment'];
export type Severity = AlertSummary['severity'];
export type AlertStatus = AlertSummary['status'];
export type AzureAlert = Schemas['AzureAlert'];
export type Evidence = Schemas['Evidence'];
export type RawLine = NonNullable<Evidence['rawLines']>[number];
export type Timeline = NonNullable<Evidence['timeline']>;
/** One thing to do, with the command to copy where there is one. */
export type Step = AlertDetail['guidance']['remediation'][number];

export type Resource = Schemas['Resource'];
/** How a resource is protected; what is absent is left to policies, the file and the defaults. */
export type ProtectionSettings = Schemas['ProtectionSettings'];
export type ResourceHealth = Schemas['ResourceHealth'];
export type SourceHealth = Schemas['SourceHealth'];
export type Detector = Schemas['Detector'];
export type TuningRun = Schemas['TuningRun'];

export type ExpectedRule = Schemas['ExpectedRule'];
export type Suppression = Schemas['Suppression'];
export type User = Schemas['User'];
export type Token = Schemas['Token'];
export type AuditEntry = Schemas['AuditEntry'];
export type Delivery = Schemas['Delivery'];
export type NamedNetwork = Schemas['NamedNetwork'];
export type ServicePrincipal = Schemas['ServicePrincipal'];
export type NotificationChannel = Schemas['NotificationChannel'];
