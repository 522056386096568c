/** How many octets a text is in UTF-8; the limits of RFC 6265bis §5.6 and the spans count in them. */
export const octetsOf = (text: string) =>
  /^[\0-\x7f]*$/.test(text) ? text.length : new TextEncoder().encode(text).length;
