/** "1 post", "2 posts", "1,234 posts". */
export function plural(count: number, noun: string, nouns = `${noun}s`) {
  return `${number.format(count)} ${rules.select(count) === 'one' ? noun : nouns}`;
}

export const people = (count: number) => plural(count, 'person', 'people');

export const number = new Intl.NumberFormat('en');
const rules = new Intl.PluralRules('en');
