import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { threadId } from 'node:worker_threads';

/** Loaded before the program in each of its threads: writes every second how long the longest pause within it was. */
const EVERY_MS = 1000;
/** A timer comes so late by itself. */
const RESOLUTION_MS = 5;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
setInterval(() => {
  appendFileSync(`${process.env.BENCH_PAUSES}.${threadId}`, `${Date.now()} ${Math.round(delay.max / 1e6)}\n`);
  delay.reset();
}, EVERY_MS).unref();
