import { expect, test } from 'vitest';
import { inlineBoundaries } from './inline-boundaries.mjs';

const waiting = (id: string) => `<!--$?--><template id="B:${id}"></template><!--/$-->`;
const late = (id: string, content: string) =>
  `<div hidden id="S:${id}">${content}</div><script>$RC("B:${id}","S:${id}")</script>`;

test('what React sends late is put in its place, also what waits inside of it', () => {
  const html = `<main>${waiting('0')}<p>b</p>${waiting('1')}</main><footer></footer>`;
  const sent = late('0', '<div>a</div><script>1</script>') + late('1', `c${waiting('2')}`) + late('2', 'd');
  expect(inlineBoundaries(`${html}${sent}</body>`)).toBe(
    '<main><!--$--><div>a</div><script>1</script><!--/$--><p>b</p><!--$-->c<!--$-->d<!--/$--><!--/$--></main>' +
      '<footer></footer></body>',
  );
});

test('a page without late boundaries stays as it is', () => {
  expect(inlineBoundaries('<main><!--$-->a<!--/$--></main>')).toBe('<main><!--$-->a<!--/$--></main>');
});

test('React has changed how it sends them: the build stops', () => {
  expect(() => inlineBoundaries('<div hidden id="S:0">a</div>')).toThrow(/boundary 0/);
});
