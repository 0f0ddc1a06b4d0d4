/** Objects of a record in which members are looked for. What lies in other objects is nobody's. */
export const Scope = {
  none: 0,
  /** The record itself: an envelope, or a whole row of a Log Analytics table. */
  record: 1,
  properties: 2,
  /** Activity Log: who asked. */
  identity: 3,
  claims: 4,
  httpRequest: 5,
  /** Activity Log, as its own API gives it: `"category": {"value": "Administrative", "localizedValue": …}`. */
  categoryName: 6,
  operationName: 7,
  resultType: 8,
  resultSignature: 9,
} as const;
export type Scope = (typeof Scope)[keyof typeof Scope];

export const SCOPE_COUNT = Object.keys(Scope).length;

/** What we read of the records of all categories: places in `ObjectWalker.found`. */
export const Member = {
  time: 1,
  category: 2,
  /** Table that a row of Log Analytics is from, or the category of a row of `AzureActivity`. */
  type: 3,
  resourceId: 4,
  operationName: 5,
  operationId: 6,
  resultType: 7,
  resultSignature: 8,
  caller: 9,
  callerIpAddress: 10,
  properties: 11,
  identity: 12,
  claims: 13,
  httpRequest: 14,
  upn: 15,
  email: 16,
  claimedName: 17,
  applicationId: 18,
  objectId: 19,
  activityId: 20,
  statusCode: 21,
  principalId: 22,
  tokenUser: 23,
  keyType: 24,
  authTokenType: 25,
  clientIpAddress: 26,
  userAgent: 27,
  databaseName: 28,
  collectionName: 29,
  responseLength: 30,
  queryText: 31,
  timestamp: 32,
  prefix: 33,
  message: 34,
  errorLevel: 35,
  sqlState: 36,
  detail: 37,
  detailLog: 38,
  statement: 39,
  processId: 40,
  backendType: 41,
  userName: 42,
  applicationName: 43,
  rowResourceId: 44,
  activityStatus: 45,
  activitySubstatus: 46,
  httpStatusCode: 47,
} as const;
export type Member = (typeof Member)[keyof typeof Member];

export const MEMBER_COUNT = Object.keys(Member).length;

/** One name of a member, in lower case, and where it counts. */
export interface MemberName {
  name: string;
  scope: Scope;
  member: Member;
}

const XML_CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/';

/**
 * Common schema of resource logs and of the Activity Log; columns that every table of Log Analytics has. Names of one
 * member never stand beside each other with one of them empty.
 */
const OF_RECORD: Readonly<Partial<Record<keyof typeof Member, readonly string[]>>> = {
  time: ['time', 'timegenerated', 'eventtimestamp'],
  category: ['category'],
  type: ['type', 'categoryvalue'],
  resourceId: ['resourceid'],
  rowResourceId: ['_resourceid'],
  operationName: ['operationname'],
  operationId: ['operationnamevalue'],
  resultType: ['resulttype', 'activitystatusvalue', 'status'],
  activityStatus: ['activitystatus'],
  resultSignature: ['resultsignature', 'activitysubstatusvalue', 'substatus'],
  activitySubstatus: ['activitysubstatus'],
  caller: ['caller'],
  callerIpAddress: ['calleripaddress'],
  properties: ['properties'],
  identity: ['identity'],
  claims: ['claims'],
  httpRequest: ['httprequest'],
};

/** Properties of each category; in a row of Log Analytics they are columns, which stand in the record itself. */
const OF_PROPERTIES: Readonly<Partial<Record<keyof typeof Member, readonly string[]>>> = {
  activityId: ['activityid'],
  statusCode: ['statuscode'],
  httpStatusCode: ['httpstatuscode'],
  principalId: ['aadprincipalid'],
  tokenUser: ['resourcetokenuserrid'],
  keyType: ['keytype'],
  authTokenType: ['authtokentype'],
  clientIpAddress: ['clientipaddress'],
  userAgent: ['useragent'],
  databaseName: ['databasename', 'database', 'database_name'],
  collectionName: ['collectionname'],
  responseLength: ['responselength'],
  queryText: ['querytext'],
  timestamp: ['timestamp'],
  prefix: ['prefix'],
  message: ['message'],
  errorLevel: ['errorlevel', 'error_severity'],
  sqlState: ['sqlerrcode', 'sqlerrorcode', 'sqlstate'],
  detail: ['detail'],
  detailLog: ['detaillog', 'detail_log'],
  statement: ['statement'],
  processId: ['processid', 'pid'],
  backendType: ['backend_type', 'backendtype'],
  userName: ['user', 'username', 'user_name'],
  applicationName: ['appname', 'applicationname', 'application_name'],
};

const OF_CLAIMS: Readonly<Partial<Record<keyof typeof Member, readonly string[]>>> = {
  upn: ['upn', `${XML_CLAIMS}upn`],
  email: [`${XML_CLAIMS}emailaddress`],
  claimedName: [`${XML_CLAIMS}name`],
  applicationId: ['appid'],
  objectId: ['oid', 'http://schemas.microsoft.com/identity/claims/objectidentifier'],
};

/** Every name of every member. */
export const MEMBER_NAMES: readonly MemberName[] = [
  ...named(Scope.record, OF_RECORD),
  ...named(Scope.record, OF_PROPERTIES),
  ...named(Scope.properties, OF_PROPERTIES),
  ...named(Scope.identity, { claims: ['claims'] }),
  ...named(Scope.claims, OF_CLAIMS),
  ...named(Scope.httpRequest, { callerIpAddress: ['clientipaddress'] }),
  ...named(Scope.categoryName, { category: ['value'] }),
  ...named(Scope.operationName, { operationId: ['value'] }),
  ...named(Scope.resultType, { resultType: ['value'] }),
  ...named(Scope.resultSignature, { resultSignature: ['value'] }),
];

/** The scope that the object behind a member opens. */
export const SCOPE_OF_MEMBER: Uint8Array = scopes({
  properties: Scope.properties,
  identity: Scope.identity,
  claims: Scope.claims,
  httpRequest: Scope.httpRequest,
  category: Scope.categoryName,
  operationName: Scope.operationName,
  resultType: Scope.resultType,
  resultSignature: Scope.resultSignature,
});

/** Members whose object some exports write as a string that holds JSON. */
export const PACKED_MEMBERS: readonly Member[] = [
  Member.properties,
  Member.identity,
  Member.claims,
  Member.httpRequest,
];

function named(scope: Scope, names: Readonly<Partial<Record<keyof typeof Member, readonly string[]>>>): MemberName[] {
  return Object.entries(names).flatMap(([member, of]) =>
    of.map((name) => ({ name, scope, member: Member[member as keyof typeof Member] })),
  );
}

function scopes(of: Readonly<Partial<Record<keyof typeof Member, Scope>>>): Uint8Array {
  const table = new Uint8Array(MEMBER_COUNT + 1);
  for (const [member, scope] of Object.entries(of)) {
    table[Member[member as keyof typeof Member]] = scope;
  }
  return table;
}
