/** Makes the mail templates of the notifier `email` ready: MJML to HTML that mail programs understand. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import mjml from 'mjml';

const FROM = new URL('../src/notifiers/email/templates/', import.meta.url);
const TO = new URL('../build/mail/', import.meta.url);

mkdirSync(TO, { recursive: true });
for (const name of ['alert', 'summary']) {
  const { html, errors } = await mjml(readFileSync(new URL(`${name}.mjml`, FROM), 'utf8'), {
    validationLevel: 'strict',
    fonts: {}, // nothing is fetched from anywhere when a mail is read
  });
  if (errors.length > 0) {
    throw new Error(`${name}.mjml: ${errors.map(({ formattedMessage }) => formattedMessage).join('; ')}`);
  }
  writeFileSync(new URL(`${name}.html`, TO), html);
}
