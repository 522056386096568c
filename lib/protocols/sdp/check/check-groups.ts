import type { SessionDescription } from '../description';
import { quote } from '../errors';
import { readAttribute } from '../grammar/attributes';
import { groupsOf } from '../groups';
import type { MediaReading } from '../read-media';
import { attributesOf, findLine } from '../read-media';
import type { Report } from './report';

/** `mid`, `group` and `bundle-only` across the sections. */
export function checkGroups(
  description: SessionDescription,
  readings: readonly MediaReading[],
  reportAt: (section?: number) => Report,
): void {
  const mids = new Set<string>();
  readings.forEach(({ mid }, i) => {
    if (mid === undefined) return;
    const line = findLine(description.media[i]!.lines, 'mid');
    if (mids.has(mid))
      reportAt(i).error('SDP_MID_REPEATED', quote(mid), 'a mid that no other section has', line);
    mids.add(mid);
  });
  for (const line of attributesOf(description.lines, 'group')) {
    const unknown = readAttribute('group', line.value)?.mids?.filter((mid) => !mids.has(mid)) ?? [];
    if (unknown.length === 0) continue;
    reportAt().error(
      'SDP_GROUP_MID_UNKNOWN',
      unknown.map(quote).join(' '),
      `mids that stand: ${[...mids].join(' ')}`,
      line,
    );
  }
  const bundled = new Set(groupsOf(description, 'BUNDLE').flat());
  readings.forEach(({ isBundleOnly, mid }, i) => {
    if (!isBundleOnly) return;
    const section = description.media[i]!;
    const line = findLine(section.lines, 'bundle-only');
    if (section.port !== 0) reportAt(i).error('SDP_BUNDLE_ONLY_PORT', `port ${section.port}`, 'port 0', line);
    if (mid === undefined || !bundled.has(mid)) {
      reportAt(i).error(
        'SDP_BUNDLE_ONLY_UNGROUPED',
        'a=bundle-only outside any bundle',
        'its mid in a=group:BUNDLE',
        line,
      );
    }
  });
}
