export const DEMO_USERS = [
  { username: 'alice', name: 'Alice' },
  { username: 'bob', name: 'Bob' },
  { username: 'carol', name: 'Carol' },
  { username: 'dave', name: 'Dave' },
] as const;

type DemoUsername = (typeof DEMO_USERS)[number]['username'];

/** Oldest first. */
export const DEMO_POSTS: { author: DemoUsername; body: string }[] = [
  { author: 'dave', body: 'Day one of learning to bake bread. The dough has more opinions than I do.' },
  { author: 'carol', body: 'Cycled to work along the canal. Two herons, one flat tyre, no regrets.' },
  { author: 'bob', body: 'If you need me, I am the person reading the manual out loud to the dishwasher.' },
  {
    author: 'alice',
    body: 'Planted tomatoes on the balcony in spring. Harvest report: three tomatoes. All heroes.',
  },
  { author: 'dave', body: 'Bread update: it floats. I was told this is not the goal.' },
  {
    author: 'carol',
    body: 'Today a nine-year-old asked me what a phone box was.\n\nI have never felt so ready to retire.',
  },
  {
    author: 'bob',
    body: 'Small joy of the week: a whole bug fixed by deleting forty lines and adding none.',
  },
  {
    author: 'alice',
    body: 'Does anybody have a good recipe for green tomatoes? Asking for a friend with a balcony. 🍅',
  },
  { author: 'dave', body: 'Third loaf: edible! I had two slices and then, to be sure, four more. 🍞' },
  {
    author: 'carol',
    body: 'The library has started lending out board games. This is the best news of the year so far.',
  },
  { author: 'bob', body: 'Game night at mine on Friday. Bring a game, a snack, or a good excuse.' },
  {
    author: 'alice',
    body: 'Good morning! The light on the river was so bright today that even the ducks looked surprised. 🌅',
  },
];
