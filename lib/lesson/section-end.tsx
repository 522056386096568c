/** Where a section ends; put there by remark-lesson. */
export function SectionEnd({ id }: { id: string }) {
  return <span data-section-end={id} aria-hidden="true" />;
}
