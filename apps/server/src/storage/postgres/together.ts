import { Refusal } from '../../errors.ts';

/** One statement for so many: what it takes longer, others wait longer. */
const MOST = 50;
const UNDER_WAY = 2;

interface Asked<Ask, Answer> {
  ask: Ask;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Gathers what is asked for while others are answered: what a statement costs by itself is more than what a read costs
 * within one. Nobody is answered from before they asked.
 *
 * @param answerAll in the order of what is asked
 */
export function together<Ask, Answer>(answerAll: (asks: Ask[]) => Promise<Answer[]>) {
  const waiting: Asked<Ask, Answer>[] = [];
  let underWay = 0;

  async function run() {
    underWay += 1;
    // What is asked in the same breath comes along.
    await Promise.resolve();
    while (waiting.length > 0) await answer(waiting.splice(0, MOST));
    underWay -= 1;
  }

  async function answer(some: Asked<Ask, Answer>[]) {
    try {
      const answers = await answerAll(some.map(({ ask }) => ask));
      for (const [i, { resolve }] of some.entries()) resolve(answers[i] as Answer);
    } catch (error) {
      // Nobody fails for what another one has asked.
      if (some.length > 1 && !(error instanceof Refusal)) {
        for (const one of some) await answer([one]);
        return;
      }
      for (const { reject } of some) reject(error);
    }
  }

  return (ask: Ask) =>
    new Promise<Answer>((resolve, reject) => {
      waiting.push({ ask, resolve, reject });
      if (underWay < UNDER_WAY) void run();
    });
}
