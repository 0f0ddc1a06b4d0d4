// Times of one minute and one zone: what was read of one of them goes for the others.

/** The minute and the zone that times are compared with: sixteen bytes, eight bytes, length of the zone, where it begins. */
const MINUTE: usize = 16, ZONE: usize = 32, ZONE_LENGTH: usize = 40, ZONE_AT: usize = 44;
/** `2026-01-01 12:34:56`, then `.789` or nothing; a zone, if any, stands behind it. */
const SECOND_END: usize = 19, TIME_END: usize = 23;

const SPACE: u8 = 0x20, PLUS: u8 = 0x2b, MINUS: u8 = 0x2d, DOT: u8 = 0x2e, COLON: u8 = 0x3a;

/**
 * Notes minute and zone of a time that the parser has read, so that those of the same minute need not be.
 *
 * @returns the milliseconds since that minute began; -1 when the time is not written as the server writes it
 */
export function noteMinute(start: usize, end: usize): i32 {
  const zone = load<u8>(start, SECOND_END) == DOT ? TIME_END : SECOND_END;
  const length = <i32>(end - start - zone), ms = sinceMinute(start, zone);
  if (length < 0 || length > 8 || ms < 0 || <u32>digit(start + zone) <= 9) return -1;
  store<i64>(MINUTE, load<i64>(start));
  store<i64>(MINUTE, load<i64>(start, 8), 8);
  store<i64>(ZONE, zoneAt(start + zone, length));
  store<i32>(ZONE_LENGTH, length);
  store<i32>(ZONE_AT, <i32>zone);
  return ms;
}

/** The same of a time in a text, whose zone is letters, or a sign and digits. */
export function noteTextMinute(start: usize): i32 {
  let end = start + (load<u8>(start, SECOND_END) == DOT ? TIME_END : SECOND_END);
  if (load<u8>(end) != SPACE) return -1;
  end++;
  if (load<u8>(end) == PLUS || load<u8>(end) == MINUS) {
    end++;
    while (<u32>digit(end) <= 9) end++;
  } else {
    while (<u32>((<i32>load<u8>(end) | 0x20) - 0x61) < 26) end++;
  }
  return noteMinute(start, end);
}

/** Milliseconds of a time since the minute that was noted began; -1 for times of other minutes and zones. */
@inline
export function millisecondsIn(start: usize, end: usize): i32 {
  const zone = <usize>load<i32>(ZONE_AT), length = <i32>(end - start - zone);
  return length == load<i32>(ZONE_LENGTH)
    && load<i64>(start) == load<i64>(MINUTE)
    && load<i64>(start, 8) == load<i64>(MINUTE, 8)
    && zoneAt(start + zone, length) == load<i64>(ZONE)
    ? sinceMinute(start, zone)
    : -1;
}

/** Bytes of the times that `millisecondsIn` knows. */
@inline
export function timeLength(): usize {
  return <usize>(load<i32>(ZONE_AT) + load<i32>(ZONE_LENGTH));
}

@inline
function zoneAt(at: usize, length: i32): i64 {
  return length == 0 ? 0 : load<i64>(at) << (64 - (<i64>length << 3));
}

/** Seconds and milliseconds of a time; -1 when they are not written so. */
@inline
function sinceMinute(start: usize, zone: usize): i32 {
  const tens = digit(start + 17), seconds = digit(start + 18);
  if (load<u8>(start, 16) != COLON || <u32>tens > 5 || <u32>seconds > 9) return -1;
  const ms = tens * 10000 + seconds * 1000;
  if (zone == SECOND_END) return ms;
  const a = digit(start + 20), b = digit(start + 21), c = digit(start + 22);
  const areDigits = (<u32>a <= 9) & (<u32>b <= 9) & (<u32>c <= 9);
  return areDigits && load<u8>(start, SECOND_END) == DOT ? ms + a * 100 + b * 10 + c : -1;
}

@inline
function digit(at: usize): i32 {
  return <i32>load<u8>(at) - 0x30;
}
