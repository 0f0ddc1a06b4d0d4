import {
  Button,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Text,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { Resource } from '../../api/schema.ts';
import { useSurvey } from '../../api/survey.ts';
import { ErrorBar } from '../../components/message.tsx';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { SurveyResult } from './survey-result.tsx';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 5fr) minmax(0, 7fr)',
    gap: '16px',
    alignItems: 'start',
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  lines: {
    '& textarea': { maxHeight: 'none', fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  },
});

const NAME = /^[A-Za-z0-9-]{1,63}$/;
/** Characters that the server looks at. */
const MOST = 256 * 1024;
const PATHS: Readonly<Record<Resource['engine'], string>> = {
  postgresql: '/var/log/postgresql/*.log',
  cosmosdb: '/var/log/cosmos/*.json',
};

/** From some lines of a log to a database that is watched. */
export function AddResourcePage() {
  const styles = useStyles();
  const survey = useSurvey();
  const [name, setName] = useState('');
  const [engine, setEngine] = useState<Resource['engine']>('postgresql');
  const [path, setPath] = useState('');
  const [lines, setLines] = useState('');
  const isNamed = NAME.test(name);
  const isReady = isNamed && lines.trim() !== '' && lines.length <= MOST && !survey.isPending;
  const given = { name, engine, path: path.trim() === '' ? PATHS[engine] : path.trim() };
  return (
    <Page
      title="Add a database"
      trail={[{ label: 'Resources', to: '/resources' }]}
      lead="Show some lines of its log: Vedette finds out how to read it, and what it lacks."
    >
      <div className={styles.root}>
        <Panel title="1. Its log">
          <Field
            label="Name"
            required
            {...(name !== '' && !isNamed && { validationMessage: 'Letters, digits and hyphens; 63 at most.' })}
          >
            <Input value={name} maxLength={63} placeholder="orders" onChange={(_, { value }) => setName(value)} />
          </Field>
          <Field label="Kind">
            <RadioGroup
              layout="horizontal"
              value={engine}
              onChange={(_, { value }) => setEngine(value as Resource['engine'])}
            >
              <Radio value="postgresql" label="PostgreSQL" />
              <Radio value="cosmosdb" label="Azure Cosmos DB" />
            </RadioGroup>
          </Field>
          <Field
            label="Where its log lies"
            hint="A file on Vedette’s machine, or several with *. Packed ones are read too."
          >
            <Input
              value={path}
              maxLength={500}
              placeholder={PATHS[engine]}
              onChange={(_, { value }) => setPath(value)}
            />
          </Field>
          <Field
            label="Lines of it"
            required
            hint="Twenty or more, as they stand in the file. They are looked at and kept nowhere."
            {...(lines.length > MOST && { validationMessage: 'Less is enough: 256 kB at most.' })}
          >
            <Textarea
              className={styles.lines}
              rows={12}
              value={lines}
              spellCheck={false}
              onChange={(_, { value }) => setLines(value)}
            />
          </Field>
          {survey.error !== null && <ErrorBar error={survey.error} />}
          <div>
            <Button
              appearance="primary"
              disabledFocusable={!isReady}
              onClick={() => isReady && survey.mutate({ ...given, lines })}
            >
              {survey.isPending ? 'Reading…' : 'Find out its format'}
            </Button>
          </div>
        </Panel>
        {survey.data === undefined || survey.variables === undefined ? (
          <Panel title="2. What Vedette understands">
            <Text>It appears here: the format, what the lines tell, what detectors miss and how to mend that.</Text>
          </Panel>
        ) : (
          <SurveyResult survey={survey.data} wanted={{ ...given, ...survey.variables }} />
        )}
      </div>
    </Page>
  );
}
