import { makeStyles, tokens } from '@fluentui/react-components';

/** Of the cells of the list of alerts. Rows have one height whatever is in them. */
export const useListStyles = makeStyles({
  head: {
    textAlign: 'left',
    padding: '8px',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground3,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  row: {
    boxShadow: `inset 0 -1px ${tokens.colorNeutralStroke3}`,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  group: { backgroundColor: tokens.colorNeutralBackground3 },
  cell: { padding: '0 8px', overflow: 'hidden', verticalAlign: 'middle' },
  check: { width: '40px', padding: '0 0 0 4px' },
  severity: { width: '120px', '@media (max-width: 800px)': { width: '18px', '& span': { fontSize: 0 } } },
  narrow: { width: '140px', '@media (max-width: 800px)': { display: 'none' } },
  member: { paddingLeft: '28px', '@media (max-width: 800px)': { paddingLeft: '14px' } },
  clipped: {
    display: '-webkit-box',
    WebkitLineClamp: 2,
    WebkitBoxOrient: 'vertical',
    overflow: 'hidden',
    maxHeight: '40px',
  },
  title: { WebkitLineClamp: 1, '@media (max-width: 800px)': { WebkitLineClamp: 2 } },
  link: {
    color: tokens.colorBrandForegroundLink,
    fontWeight: tokens.fontWeightSemibold,
    textDecorationLine: 'none',
    ':hover': { textDecorationLine: 'underline' },
  },
  sentence: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});
