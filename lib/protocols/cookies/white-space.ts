/** Without SP and HTAB around it; other white space is part of a name or a value (RFC 6265bis §5.6). */
export function trimWsp(text: string): string {
  let [start, end] = [0, text.length];
  const isWsp = (at: number) => text.charAt(at) === ' ' || text.charAt(at) === '\t';
  while (start < end && isWsp(start)) start++;
  while (end > start && isWsp(end - 1)) end--;
  return text.slice(start, end);
}
