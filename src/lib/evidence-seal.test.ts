import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { openEvidence, sealEvidence, useEvidenceKey } from './evidence-seal.ts';

const text = "SELECT * FROM people WHERE name = 'Ånna'";

it('seals nothing without a key', () => {
  expect(sealEvidence(text, '7')).toBeUndefined();
});

it('is opened by the key, where it belongs, as it was', () => {
  const key = randomBytes(32);
  useEvidenceKey(key);
  const sealed = sealEvidence(text, '7')!;
  const tampered = `${sealed.slice(0, -6)}AAAA${sealed.slice(-2)}`;

  expect(openEvidence(sealed, '7', key)).toBe(text);
  expect(sealed).not.toContain(Buffer.from('people').toString('base64').slice(0, 6));
  expect(() => openEvidence(sealed, '8', key)).toThrow();
  expect(() => openEvidence(sealed, '7', randomBytes(32))).toThrow();
  expect(() => openEvidence(tampered, '7', key)).toThrow();
  expect(() => openEvidence('AAAA', '7', key)).toThrow();
});

it('seals the same to the same, and nothing else to that', () => {
  useEvidenceKey(randomBytes(32));
  const all = [sealEvidence(text, '7'), sealEvidence(text, '8'), sealEvidence(`${text} `, '7')];

  expect(sealEvidence(text, '7')).toBe(all[0]);
  expect(new Set(all.map((sealed) => sealed!.slice(0, 16))).size).toBe(3);
});
