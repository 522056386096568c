const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTH_NAMES = MONTHS.map((month) => month.charAt(0).toUpperCase() + month.slice(1));

const DAY = '(?:sun|mon|tue|wed|thu|fri|sat)';
const LONG_DAY = '(?:sunday|monday|tuesday|wednesday|thursday|friday|saturday)';
const MONTH = `(${MONTHS.join('|')})`;
const TIME = '(\\d\\d):(\\d\\d):(\\d\\d)';

// Sun, 06 Nov 1994 08:49:37 GMT
const IMF_FIXDATE = new RegExp(`^${DAY}, (\\d\\d) ${MONTH} (\\d{4}) ${TIME} gmt$`, 'i');
// Sunday, 06-Nov-94 08:49:37 GMT
const RFC_850 = new RegExp(`^${LONG_DAY}, (\\d\\d)-${MONTH}-(\\d\\d) ${TIME} gmt$`, 'i');
// Sun Nov  6 08:49:37 1994
const ASCTIME = new RegExp(`^${DAY} ${MONTH} ([ \\d]\\d) ${TIME} (\\d{4})$`, 'i');

/**
 * An HTTP-date in any of the three forms of RFC 9110 §5.6.7, as milliseconds since 1970; undefined for anything else,
 * other time zones included (RFC 9111 §4.2). Letters match in either case. `nowMs` places the two-digit years of the
 * second form: one that would lie more than 50 years ahead is in the past. The day's name is not held to the date.
 */
export function parseHttpDate(text: string, nowMs = 0): number | undefined {
  let match = IMF_FIXDATE.exec(text);
  if (match) return timeOf(Number(match[3]), match[2], match[1], match[4], match[5], match[6]);
  match = RFC_850.exec(text);
  if (match)
    return timeOf(wholeYear(Number(match[3]), nowMs), match[2], match[1], match[4], match[5], match[6]);
  match = ASCTIME.exec(text);
  if (match) return timeOf(Number(match[6]), match[1], match[2], match[3], match[4], match[5]);
  return undefined;
}

function wholeYear(twoDigits: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year <= thisYear - 50 ? year + 100 : year;
}

function timeOf(
  year: number,
  monthName = '',
  dayText = '',
  hourText = '',
  minuteText = '',
  secondText = '',
): number | undefined {
  const month = MONTHS.indexOf(monthName.toLowerCase());
  const [day, hour, minute, second] = [dayText, hourText, minuteText, secondText].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  // 60 is a leap second (RFC 9110 §5.6.7); it counts as the next one, as POSIX time does.
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month, day);
  if (midnight.getUTCMonth() !== month || midnight.getUTCDate() !== day) return undefined;
  return midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
}

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** Milliseconds since 1970 as IMF-fixdate, the one form that is sent (RFC 9110 §5.6.7); whole seconds, rounded down. */
export function writeHttpDate(timeMs: number): string {
  const date = new Date(timeMs);
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(twoDigits).join(':');
  const year = String(date.getUTCFullYear()).padStart(4, '0');
  const day = `${twoDigits(date.getUTCDate())} ${MONTH_NAMES[date.getUTCMonth()]} ${year}`;
  return `${DAYS[date.getUTCDay()]}, ${day} ${time} GMT`;
}
