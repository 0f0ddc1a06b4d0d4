import { type Html, html } from './html.ts';

const WIDTH = 720;
const HEIGHT = 150;
const TOP = 34;
const HOURS = 24;

/** What an alert counted over time. */
export interface Timeline {
  label: string;
  startTimeUtc: string;
  stepMs: number;
  counts: number[];
  marks: { timeUtc: string; label: string }[];
}

export interface Bar {
  /** Epoch milliseconds. */
  time: number;
  success: number;
  failure: number;
}

/** How many there were over time, with the moments that matter. */
export function timelinePicture({ label, startTimeUtc, stepMs, counts, marks }: Timeline): Html {
  const start = Date.parse(startTimeUtc);
  const last = Math.max(start + counts.length * stepMs, ...marks.map(({ timeUtc }) => Date.parse(timeUtc) + stepMs));
  const span = Math.max(1, last - start);
  const most = Math.max(1, ...counts);
  const bars = counts.map((count, step) =>
    bar((step * stepMs) / span, Math.max(0.003, (0.9 * stepMs) / span), count / most, 'failure'),
  );
  const lines = marks.map(({ timeUtc, label: text }) => {
    const x = ((Date.parse(timeUtc) - start) / span) * WIDTH;
    const anchor = x > WIDTH / 2 ? 'end' : 'start';
    return html`<line class="mark" x1="${x}" x2="${x}" y1="${TOP - 14}" y2="${HEIGHT}"/><text class="strong" x="${x}" y="${TOP - 20}" text-anchor="${anchor}">${text}</text>`;
  });
  const sum = counts.reduce((all, count) => all + count, 0);
  const caption = `${label}: ${sum}, at most ${most} in ${stepMs / 1000} s, from ${startTimeUtc} to ${new Date(last).toISOString()}.`;
  return figure([...bars, ...lines], caption);
}

/** Activities around the alert: those that failed stand on those that did not. */
export function histogramPicture(from: number, to: number, stepMs: number, bars: readonly Bar[]): Html {
  const span = Math.max(1, to - from);
  const most = Math.max(1, ...bars.map(({ success, failure }) => success + failure));
  const drawn = bars.flatMap(({ time, success, failure }) => {
    const [x, width] = [Math.max(0, time - from) / span, (0.9 * stepMs) / span];
    return [bar(x, width, (success + failure) / most, 'failure'), bar(x, width, success / most, 'success')];
  });
  const caption = `Activities in steps of ${stepMs / 1000} s, at most ${most}; red: failed. ${new Date(from).toISOString()} to ${new Date(to).toISOString()}.`;
  return figure(drawn, caption);
}

/** The hours of a day (UTC) beside what is usual. */
export function hoursPicture(
  day: string,
  principal: string,
  hours: readonly { count: number; usualMean: number; usualMost: number }[],
): Html {
  const top = Math.max(1, ...hours.flatMap(({ count, usualMost }) => [count, usualMost]));
  const drawn = hours.flatMap(({ count, usualMean, usualMost }, hour) => {
    const [x, width] = [(hour + 0.1) / HOURS, 0.8 / HOURS];
    return [
      bar(x, width, count / top, count > usualMost ? 'failure' : 'success'),
      ...(usualMost > 0 ? [line(x, width, usualMost / top, 'most')] : []),
      ...(usualMean > 0 ? [line(x, width, usualMean / top, 'mean')] : []),
    ];
  });
  const caption = `${principal} on ${day} by hour (UTC), at most ${top}; red: more than ever. Green: mean of the days before; dashed: their most.`;
  return figure(drawn, caption);
}

/** The score beside its threshold. */
export function scorePicture({ value, threshold, unit }: { value: number; threshold: number; unit: string }): Html {
  const most = Math.max(value, threshold, 1) * 1.05;
  const [seen, limit] = [(value / most) * WIDTH, (threshold / most) * WIDTH];
  return html`<figure><svg viewBox="0 0 ${WIDTH} 40" role="img" aria-label="Score"><rect class="failure" x="0" y="10" width="${seen}" height="16"/><line class="mark" x1="${limit}" x2="${limit}" y1="2" y2="36"/></svg><figcaption>Score ${value}, threshold ${threshold} (${unit}).</figcaption></figure>`;
}

function bar(x: number, width: number, part: number, kind: 'success' | 'failure'): Html {
  const height = part * (HEIGHT - TOP);
  return html`<rect class="${kind}" x="${(x * WIDTH).toFixed(1)}" y="${(HEIGHT - height).toFixed(1)}" width="${(width * WIDTH).toFixed(1)}" height="${height.toFixed(1)}"/>`;
}

function line(x: number, width: number, part: number, kind: 'most' | 'mean'): Html {
  const y = (HEIGHT - part * (HEIGHT - TOP)).toFixed(1);
  return html`<line class="${kind}" x1="${(x * WIDTH).toFixed(1)}" x2="${((x + width) * WIDTH).toFixed(1)}" y1="${y}" y2="${y}"/>`;
}

function figure(shapes: readonly Html[], caption: string): Html {
  return html`<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${caption}"><line class="axis" x1="0" x2="${WIDTH}" y1="${HEIGHT}" y2="${HEIGHT}"/>${shapes}</svg><figcaption>${caption}</figcaption></figure>`;
}
