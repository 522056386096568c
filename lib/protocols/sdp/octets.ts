/** Octets that `text` takes in UTF-8. A lone surrogate counts as the three octets of U+FFFD. */
export function octetLength(text: string): number {
  let octets = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) octets += 1;
    else if (unit < 0x800) octets += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      octets += 4;
      i++;
    } else octets += 3;
  }
  return octets;
}

/** The octet at which character `index` of `text` starts. */
export function octetsBefore(text: string, index: number): number {
  return octetLength(text.slice(0, index));
}
