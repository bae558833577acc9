/** What simulated people write. */
export const BODIES = [
  'The coffee machine at work has learnt to say good morning. It sounds disappointed in us.',
  'Ran five kilometres, three of them on purpose.',
  'My neighbour’s cat has moved in. My neighbour has not noticed yet.',
  'Soup season is open. I have declared it, and I am the authority here.',
  'Found a bookmark in a library book: a shopping list from 1998. Eggs, film, stamps.',
  'The train was on time today. Everybody on the platform was suspicious.',
  'I repaired the bicycle myself. There are two screws left, for next time.',
  'First snow. The dog filed a complaint and then ate it.',
  'Somebody in our street practises the trumpet. Somebody in our street is getting better.',
  'Planted basil. It is doing better than I am.',
] as const;
