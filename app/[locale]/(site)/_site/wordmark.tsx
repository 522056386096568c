/** Two lifelines, there and back: the course's subject in eight strokes. */
export function Wordmark() {
  return (
    <svg
      viewBox="0 0 32 32"
      width="26"
      height="26"
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d="M7 3v26M25 3v26" stroke="var(--rule-strong)" strokeWidth="2" />
      <path d="M7 7l16 6M20 9l4 4.500-5.500 1.500" stroke="var(--layer-transport)" strokeWidth="2.5" />
      <path d="M25 18L9 25M12 20.500L8 25l6 1.500" stroke="var(--layer-http)" strokeWidth="2.5" />
    </svg>
  );
}
