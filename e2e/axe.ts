import { AxeBuilder } from '@axe-core/playwright';
import type { Actor } from './actors.ts';

/** What axe has against the page as it is now. */
export async function violations(actor: Actor): Promise<string[]> {
  // What is just fading in has too little contrast, for a moment.
  await actor.atRest();
  const found = (await new AxeBuilder({ page: actor.page }).analyze()).violations;
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any, all, none }) => {
      const reasons = [...any, ...all, ...none].map(({ message }) => message);
      return `${id}: ${html}: ${reasons.join(' ')}`;
    }),
  );
}
