const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const DELIMITER = /[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+/;
const TIME = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\D|$)/;
const DAY = /^(\d{1,2})(?:\D|$)/;
const YEAR = /^(\d{2,4})(?:\D|$)/;

/** Dates in cookies are short; what is longer is none. */
const MAX_LENGTH = 1024;

/**
 * A cookie-date (RFC 6265bis §5.1.1): time, day, month and year in any order, each taken from the first token that looks
 * like it. Milliseconds since 1970, or undefined. Not an HTTP-date: this takes what servers have written for decades.
 */
export function parseCookieDate(text: string): number | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  let time: RegExpExecArray | undefined;
  let day: number | undefined;
  let month: number | undefined;
  let year: number | undefined;
  for (const token of text.split(DELIMITER)) {
    const asTime = time ? null : TIME.exec(token);
    if (asTime) {
      time = asTime;
      continue;
    }
    const asDay = day === undefined ? DAY.exec(token) : null;
    if (asDay) {
      day = Number(asDay[1]);
      continue;
    }
    const asMonth = month === undefined ? MONTHS.indexOf(token.slice(0, 3).toLowerCase()) : -1;
    if (asMonth >= 0) {
      month = asMonth;
      continue;
    }
    const asYear = year === undefined ? YEAR.exec(token) : null;
    if (asYear) year = wholeYear(Number(asYear[1]));
  }
  if (!time || day === undefined || month === undefined || year === undefined || year < 1601)
    return undefined;
  const [hour, minute, second] = [Number(time[1]), Number(time[2]), Number(time[3])];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(Date.UTC(year, month, day, hour, minute, second));
  return date.getUTCDate() === day && date.getUTCMonth() === month ? date.getTime() : undefined;
}

/** Two digits: 70 to 99 were last century's, 0 to 69 are this one's. */
function wholeYear(year: number): number {
  if (year >= 70 && year <= 99) return year + 1900;
  return year <= 69 ? year + 2000 : year;
}
