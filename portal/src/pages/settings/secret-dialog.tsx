import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Text,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { CopyLine } from '../../components/copy-line.tsx';

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', rowGap: '12px' } });

interface Props {
  title: string;
  secret: string;
  /** How it is used. */
  children?: ReactNode;
  onClose: () => void;
}

/** Shows a secret that nobody can be shown again. It closes by its button alone. */
export function SecretDialog({ title, secret, children, onClose }: Props) {
  const styles = useStyles();
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>Copy the secret now: it is not shown again.</Text>
            <CopyLine text={secret} what="the secret" />
            {children}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              I have copied it
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
