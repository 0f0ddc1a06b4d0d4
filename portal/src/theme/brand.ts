import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from '@fluentui/react-components';

/** A blue a little deeper than Azure's, so that the two portals are told apart at a glance. */
const BRAND: BrandVariants = {
  10: '#020407',
  20: '#0f1a26',
  30: '#132b42',
  40: '#143959',
  50: '#134771',
  60: '#0f568a',
  70: '#0566a3',
  80: '#0f75b5',
  90: '#2f84c0',
  100: '#4893cb',
  110: '#60a2d4',
  120: '#77b1dd',
  130: '#8ec0e6',
  140: '#a6cfee',
  150: '#bfdef5',
  160: '#d9edfb',
};

export const LIGHT: Theme = createLightTheme(BRAND);

/** Links and brand text of the dark theme a step lighter than Fluent's default: 4.5 to 1 on every background we use. */
export const DARK: Theme = {
  ...createDarkTheme(BRAND),
  colorBrandForeground1: BRAND[120],
  colorBrandForeground2: BRAND[130],
  colorBrandForegroundLink: BRAND[130],
};
