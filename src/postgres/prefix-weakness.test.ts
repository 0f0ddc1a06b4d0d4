import { describe, expect, it } from 'vitest';
import { prefixWeakness } from './prefix-weakness.ts';

describe('prefixWeakness', () => {
  it.each(['%m [%p] ', '%t-%c-', '%m %c %l %u %d %e %h ', '%m [%p] %q%u@%d %r %a %c %l '])(
    'has nothing against %j',
    (prefix) => {
      expect(prefixWeakness(prefix)).toBeUndefined();
    },
  );

  it.each([
    ['', 'it has no time, without which no line can be judged: put %m into it'],
    ['[%p] %s %u ', 'it has no time, without which no line can be judged: put %m into it'],
    ['%m ', /neither process nor session/],
    ['%u %d %m [%p] ', /nothing stands in front of %u or %d.*csvlog and jsonlog cannot be forged$/],
    ['[%p] %u@%d %m ', /nothing stands in front of %u or %d/],
    ['%m [%p] %u%d ', /nothing stands between a name and the field behind it/],
    ['%m [%p] %q%u@%d ', /told by its shape alone: put %c and %l into it.*csvlog and jsonlog cannot be forged$/],
    ['%t:%r:%u@%d:[%p]:', /told by its shape alone/],
  ])('tells what %j cannot tell', (prefix, expected) => {
    expect(prefixWeakness(prefix)).toMatch(expected);
  });
});
