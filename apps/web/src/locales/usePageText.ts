import { en } from './en.ts';
import { enPages } from './enPages.ts';
import { useText } from './language.ts';

const english = { ...en, ...enPages };

/** All words of the chosen language. For what comes on demand alone, or the first load brings them as well. */
export function usePageText() {
  const words = useText();
  return 'settings' in words ? words : english;
}
