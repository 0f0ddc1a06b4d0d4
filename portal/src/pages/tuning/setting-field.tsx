import { Field, Input, makeStyles, Radio, RadioGroup, Switch, Text } from '@fluentui/react-components';
import type { DetectorSetting } from '../../api/tuning.ts';
import { problemOf, textOf, wordsOf } from './setting-draft.ts';

const useStyles = makeStyles({ number: { maxWidth: '160px' }, field: { maxWidth: '560px' } });

interface Props {
  setting: DetectorSetting;
  /** What holds now. */
  held: unknown;
  value: string | boolean;
  isReadOnly: boolean;
  onChange: (value: string | boolean) => void;
}

/** One setting of a detector, by what its schema says of it. */
export function SettingField({ setting, held, value, isReadOnly, onChange }: Props) {
  const styles = useStyles();
  const problem = problemOf(setting, value);
  const isChanged = textOf(held) !== textOf(value);
  return (
    <Field
      className={styles.field}
      label={wordsOf(setting.name)}
      hint={[setting.description.replaceAll('`', ''), defaultOf(setting, held), isChanged && `Now ${textOf(held)}.`]
        .filter(Boolean)
        .join(' ')}
      {...(problem !== undefined && { validationMessage: problem })}
    >
      {control()}
    </Field>
  );

  function control() {
    if (setting.choices !== undefined) {
      return (
        <RadioGroup
          layout="horizontal"
          value={String(value)}
          disabled={isReadOnly}
          onChange={(_, data) => onChange(data.value)}
        >
          {setting.choices.map((choice) => (
            <Radio key={choice} value={choice} label={choice} />
          ))}
        </RadioGroup>
      );
    }
    if (setting.type === 'boolean') {
      return <Switch checked={value === true} disabled={isReadOnly} onChange={(_, { checked }) => onChange(checked)} />;
    }
    if (setting.type === 'other') {
      return <Text font="monospace">{textOf(held)}</Text>;
    }
    const isNumber = setting.type !== 'string';
    return (
      <Input
        className={isNumber ? styles.number : undefined}
        inputMode={isNumber ? 'decimal' : 'text'}
        value={String(value)}
        readOnly={isReadOnly}
        onChange={(_, data) => onChange(data.value)}
      />
    );
  }
}

function defaultOf({ default: usual }: DetectorSetting, held: unknown): string {
  return usual === undefined || usual === held ? '' : `Default ${textOf(usual)}.`;
}
