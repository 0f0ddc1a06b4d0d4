import { azure } from './azure/azure.ts';
import { csvlog } from './csvlog/csvlog.ts';
import type { Parser } from './parser.ts';

/** Every log format that Vedette reads. */
export const parsers: readonly Parser[] = [azure, csvlog];
