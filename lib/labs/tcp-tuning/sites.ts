/** What one phase of a page load asks for; phases wait for one another. */
export type PhaseId = 'document' | 'code' | 'media' | 'click';
export type Phase = { id: PhaseId; files: readonly number[]; isText: boolean };

export type SiteId = 'article' | 'shop' | 'app';

const kB = 1000;

/** Octets of each response. At most six files a phase: as many connections as a browser opens to one host. */
const files: Record<SiteId, Record<PhaseId, readonly number[]>> = {
  article: { document: [40 * kB], code: [50 * kB, 90 * kB], media: [60 * kB, 80 * kB], click: [40 * kB] },
  shop: {
    document: [60 * kB],
    code: [80 * kB, 120 * kB, 160 * kB],
    media: [30 * kB, 30 * kB, 40 * kB, 40 * kB, 50 * kB, 60 * kB],
    click: [80 * kB],
  },
  app: { document: [8 * kB], code: [100 * kB, 900 * kB], media: [20 * kB, 20 * kB], click: [150 * kB] },
};

/** The page and, after a silence, a click. Everything but the media is text, which can be compressed. */
export function phasesOf(site: SiteId): Phase[] {
  return (['document', 'code', 'media', 'click'] as const).map((id) => ({
    id,
    files: files[site][id],
    isText: id !== 'media',
  }));
}
