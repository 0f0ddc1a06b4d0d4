import { expect, it } from 'vitest';
import { outboundPolicy } from './outbound-schema.ts';

it('takes every host of a URL in the file for named, within a connection string, too', () => {
  const document = {
    siem: { url: 'https://siem.example.com:8088/services' },
    blob: 'AccountName=a;AccountKey=b;BlobEndpoint=http://127.0.0.1:10000/a;',
    prose: 'no URL',
  };

  expect(outboundPolicy({ allowPrivate: true }, document).named).toEqual(
    new Set(['siem.example.com:8088', '127.0.0.1:10000']),
  );
});
