import { familyOf } from './application-family-of.ts';

/** Applications in which people write statements, as they name themselves. */
const HAND_TOOL =
  /^(?:psql|pgcli|pgadmin\b|dbeaver\b|datagrip\b|pg_regress|navicat|postico|tableplus|heidisql|azure[ -]?data[ -]?studio|sql[ -]?workbench|intellij|beekeeper|metabase)/i;

/** @param application its name, or that of its family */
export function isHandTool(application: string): boolean {
  return HAND_TOOL.test(application);
}

/** Browsers, in which people look at documents of Cosmos DB: Azure's Data Explorer names nothing but the browser. */
const BROWSER = /^(?:mozilla|opera|safari)$/;

/** @param family of an application */
export function isBrowser(family: string): boolean {
  return BROWSER.test(family);
}

/** @param family of an application in which people write statements, or look at data */
export function isToolOfPeople(family: string): boolean {
  return isHandTool(family) || isBrowser(family);
}

/** Tools that take whole databases out. */
const COPIERS: ReadonlySet<string> = new Set(['pg_dump', 'pg_dumpall', 'pg_basebackup'].map(familyOf));

/** @param family of an application that does nothing but copy databases */
export function isCopier(family: string): boolean {
  return COPIERS.has(family);
}
