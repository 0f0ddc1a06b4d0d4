import { makeStyles } from '@fluentui/react-components';
import type { Step } from '../../api/schema.ts';
import { StepText } from '../../components/step-text.tsx';

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', rowGap: '10px' },
});

export function Steps({ steps }: { steps: readonly Step[] }) {
  const styles = useStyles();
  return (
    <ol className={styles.list}>
      {steps.map((step) => (
        <li key={`${step.words} ${step.command}`}>
          <StepText step={step} />
        </li>
      ))}
    </ol>
  );
}
