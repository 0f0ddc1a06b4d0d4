/**
 * Countries by continent, as most people there would say who travel: Russia, most of which lies in Asia, Turkey and the
 * Caucasus are apart, and so is the Near East from the Far East. ISO 3166-1 alpha-2.
 */
const CONTINENTS: readonly string[] = [
  'AD AL AT AX BA BE BG CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SJ SK SM UA VA XK',
  'RU BY TR GE AM AZ KZ KG TJ TM UZ MN',
  'AE AF BH IL IQ IR JO KW LB OM PS QA SA SY YE EG',
  'BD BN BT CC CN CX HK ID IN JP KH KP KR LA LK MM MO MV MY NP PH PK SG TH TL TW VN',
  'AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS',
  'AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW',
  'AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI',
  'AR BO BR CL CO EC FK GF GY PE PY SR UY VE',
];

const CONTINENT_OF = new Map(CONTINENTS.flatMap((codes, n) => codes.split(' ').map((code) => [code, n] as const)));

/** Whether two countries lie on one continent; false where nothing is known of one. */
export function areNear(a: string, b: string): boolean {
  const continent = CONTINENT_OF.get(a);
  return continent !== undefined && continent === CONTINENT_OF.get(b);
}
