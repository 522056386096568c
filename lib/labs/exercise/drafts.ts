/** Where drafts are kept: text by id. Both may do nothing; neither throws. */
export type DraftStore = {
  load(id: string): string | null;
  /** null takes it away. */
  save(id: string, text: string | null): void;
};

/** What a stage opens with. `aside` was written for an earlier starter: offered, never applied unasked. */
export type Draft = { code?: string; aside?: string };

type Stored = Draft & { starter: string };

/** FNV-1a over UTF-16 units, 32 bits, in hex: tells one starter from another; not a security measure. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

export const draftId = (lab: string, stage: string) => `${lab}/${stage}`;

/** Reads what is stored for a stage against its present starter. Anything broken is no draft. */
export function parseDraft(text: string | null, starter: string): Draft {
  const stored = text === null ? undefined : parseStored(text);
  if (!stored) return {};
  const { code, aside } = stored;
  if (stored.starter === hashOf(starter))
    return { ...(code !== undefined && { code }), ...(aside !== undefined && { aside }) };
  const old = code ?? aside;
  return old === undefined ? {} : { aside: old };
}

/** What to store; null when there is nothing to keep. */
export function writeDraft(draft: Draft, starter: string): string | null {
  const code = draft.code === starter ? undefined : draft.code;
  if (code === undefined && draft.aside === undefined) return null;
  const stored: Stored = {
    starter: hashOf(starter),
    ...(code !== undefined && { code }),
    ...(draft.aside !== undefined && { aside: draft.aside }),
  };
  return JSON.stringify(stored);
}

function parseStored(text: string): Stored | undefined {
  try {
    const stored = JSON.parse(text) as Record<string, unknown> | null;
    const isText = (value: unknown) => value === undefined || typeof value === 'string';
    if (typeof stored?.['starter'] !== 'string' || !isText(stored['code']) || !isText(stored['aside']))
      return undefined;
    return stored as Stored;
  } catch {
    return undefined;
  }
}

/** Keeps nothing: for embeds. */
export const noDrafts: DraftStore = { load: () => null, save: () => undefined };

/** Keeps drafts in this browser, apart for each `scope` (a learner); keeps nothing where storage is blocked. */
export function createBrowserDrafts(scope = 'here'): DraftStore {
  const key = (id: string) => `roundtrip:draft:${scope}:${id}`;
  return {
    load(id) {
      try {
        return localStorage.getItem(key(id));
      } catch {
        return null;
      }
    },
    save(id, text) {
      try {
        if (text === null) localStorage.removeItem(key(id));
        else localStorage.setItem(key(id), text);
      } catch {
        // Blocked or full: the draft lives as long as the page.
      }
    },
  };
}
