// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a reference is written so.
import { describe, expect, it } from 'vitest';
import { storeUrlProblem } from './store-url.ts';

describe('accepts', () => {
  it.each([
    ['sqlite:./data/vedette.db', 'sqlite:./data/vedette.db'],
    ['postgres://db.example.com/vedette', 'postgres://db.example.com/vedette'],
    [
      'postgresql://vedette@db.example.com/vedette?sslmode=require',
      'postgresql://vedette@db.example.com/vedette?sslmode=require',
    ],
    ['postgres://vedette:${env:X}@db.example.com/vedette', 'postgres://vedette:p/w@db.example.com/vedette'],
    ['postgres://db.example.com/vedette?password=${file:x}', 'postgres://db.example.com/vedette?password=pw'],
    ['${env:DATABASE_URL}', 'postgres://vedette:pw@db.example.com/vedette'],
  ])('%s', (written, resolved) => {
    expect(storeUrlProblem(written, resolved)).toBeUndefined();
  });
});

describe('refuses a literal password', () => {
  it.each([
    'postgres://vedette:hunter2@db.example.com/vedette',
    'postgres://vedette:hunt@er2@db.example.com/vedette',
    'POSTGRES://vedette:h@db.example.com',
    'postgres://:hunter2@db.example.com',
    'postgres://vedette:hunter${env:X}@db.example.com/vedette',
    'postgres://db.example.com/vedette?sslmode=require&password=hunter2',
    'postgres://db.example.com/vedette?sslpassword=hunter2',
  ])('%s', (url) => {
    expect(storeUrlProblem(url, url)).toMatch(/^holds a password/);
  });
});

it.each(['', 'sqlite:', 'postgres://', 'mysql://x', './vedette.db', 'host=db password=hunter2'])(
  'refuses %j',
  (url) => {
    expect(storeUrlProblem(url, url)).toBe('must begin with "sqlite:" or "postgres://"');
  },
);
