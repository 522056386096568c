import { useText } from '@/lib/text';

/** What became of one piece of news, as far as it is known. */
export type Outcome = 'live' | 'replayed' | 'late' | 'missed' | 'coming';

/** All news in a row, each with a sign of its own for how it came. */
export function NewsRow({ news }: { news: readonly { n: number; outcome: Outcome }[] }) {
  const t = useText();
  return (
    <div className="sse-live-news">
      <p className="sse-live-heading">{t('news.title')}</p>
      <ol>
        {news.map(({ n, outcome }) => (
          <li key={n} data-outcome={outcome}>
            <span className="font-mono">{n}</span>
            <span className="sse-live-outcome">{t(`news.${outcome}`)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
