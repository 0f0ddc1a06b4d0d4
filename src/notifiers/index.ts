import { email } from './email/email.ts';
import type { Notifier } from './notifier.ts';
import { webhook } from './webhook/webhook.ts';

/** Every way to tell somebody. */
export const NOTIFIERS: readonly Notifier[] = [email, webhook];
