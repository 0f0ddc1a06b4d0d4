/** What the atlas calls the countries whose name it shortens or spells in another way; the rest are as in CLDR. */
export const ATLAS_NAMES: Readonly<Record<string, string>> = {
  'Bosnia & Herzegovina': 'Bosnia and Herz.',
  'Central African Republic': 'Central African Rep.',
  'Congo - Brazzaville': 'Congo',
  'Congo - Kinshasa': 'Dem. Rep. Congo',
  'Côte d’Ivoire': "Côte d'Ivoire",
  'Dominican Republic': 'Dominican Rep.',
  'Equatorial Guinea': 'Eq. Guinea',
  Eswatini: 'eSwatini',
  'Falkland Islands': 'Falkland Is.',
  'French Southern Territories': 'Fr. S. Antarctic Lands',
  'Hong Kong SAR China': 'China',
  'Macao SAR China': 'China',
  'Myanmar (Burma)': 'Myanmar',
  'North Macedonia': 'Macedonia',
  'Palestinian Territories': 'Palestine',
  'Solomon Islands': 'Solomon Is.',
  'South Sudan': 'S. Sudan',
  'Trinidad & Tobago': 'Trinidad and Tobago',
  Türkiye: 'Turkey',
  'United States': 'United States of America',
  'Western Sahara': 'W. Sahara',
};

export function atlasName(country: string): string {
  return ATLAS_NAMES[country] ?? country;
}
