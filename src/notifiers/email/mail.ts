/** A mail without its envelope. Every text is already safe where it stands. */
export interface Mail {
  subject: string;
  html: string;
  text: string;
  /** Left part of the Message-ID: the same mail sent twice has the same. */
  messageKey: string;
  /** Of the mail that this one answers. */
  inReplyToKey?: string;
  /** RFC 2076 and what mail programs go by: 1 is urgent, 3 usual, 5 low. */
  priority: 1 | 3 | 5;
}
