/** A small bar chart as SVG, in colours that are readable on light and on dark ground. */
export interface Bar {
  title: string;
  value: number;
  /** The one that the others are beside. */
  isOurs: boolean;
}

const WIDTH = 720;
const LABELS = 330;
const VALUES = 80;
const ROW = 26;
const BAR = 16;
const TITLE = 34;
const OURS = '#d6336c';
const OTHERS = '#868e96';

/** @param groups a heading with its bars each; all bars have one scale */
export function barChart(groups: readonly { title: string; bars: readonly Bar[] }[]): string {
  const largest = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const parts: string[] = [];
  let y = 0;
  for (const { title, bars } of groups) {
    parts.push(text(0, y + 22, escaped(title), 'style="font-weight: 600"'));
    y += TITLE;
    for (const bar of bars) {
      const width = Math.max(1, (bar.value / largest) * (WIDTH - LABELS - VALUES));
      parts.push(
        text(LABELS - 10, y + 13, escaped(bar.title), 'text-anchor="end"'),
        `<rect x="${LABELS}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="2" fill="${bar.isOurs ? OURS : OTHERS}"/>`,
        text(LABELS + width + 8, y + 13, Math.round(bar.value).toLocaleString('en')),
      );
      y += ROW;
    }
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" role="img" aria-label="${escaped(groups.map(({ title }) => title).join('; '))}">
<style>text { font: 13px system-ui, sans-serif; fill: #495057; } @media (prefers-color-scheme: dark) { text { fill: #ced4da; } }</style>
${parts.join('\n')}
</svg>
`;
}

function text(x: number, y: number, content: string, more = ''): string {
  return `<text x="${Number(x.toFixed(1))}" y="${y}"${more && ` ${more}`}>${content}</text>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '`': '' };
const escaped = (content: string) => content.replaceAll(/[&<>"`]/g, (character) => ENTITIES[character] ?? '');
