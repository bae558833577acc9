import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST, OTHER_POST, THIRD_POST] = DEMO_POSTS.alice;

declare global {
  interface Window {
    /** When a note was played. */
    notes: number[];
  }
}

function keepNotes() {
  window.notes = [];
  // Every look that a test takes counts as a touch.
  Object.defineProperty(navigator, 'userActivation', { value: undefined });
  const { start } = AudioScheduledSourceNode.prototype;
  AudioScheduledSourceNode.prototype.start = function play(when) {
    window.notes.push(Date.now());
    start.call(this, when);
  };
}

test('of two tabs one plays the sound, at most once a second, and neither before it was touched', async ({
  visitor,
  actor,
}) => {
  const [alice, bob] = await Promise.all([visitor(), actor('bob')]);
  await alice.page.context().addInitScript(keepNotes);
  await alice.logsInAs('alice');
  await alice.opensSettings();
  await alice.turns('Sound', 'on');
  // The first one is heard at the switch.
  const perSound = await alice.page.evaluate(() => window.notes.length);
  expect(perSound).toBeGreaterThan(0);

  const tabs = [alice, await alice.opensAnotherTab()];
  await Promise.all(tabs.map((tab) => tab.page.reload()));
  const notes = () => Promise.all(tabs.map((tab) => tab.page.evaluate(() => window.notes)));
  for (const tab of tabs) await tab.isLive();
  await bob.likes(POST);
  for (const tab of tabs) await tab.seesToast('Bob liked your post');
  expect(await notes()).toEqual([[], []]);

  for (const tab of tabs) await tab.page.keyboard.press('Shift');
  await bob.likes(OTHER_POST);
  await bob.likes(THIRD_POST);
  for (const tab of tabs) await tab.seesBadge(3);
  await expect.poll(async () => (await notes()).flat()).not.toHaveLength(0);
  const [played = [], ...silent] = (await notes()).toSorted((a, b) => b.length - a.length);
  expect(silent).toEqual([[]]);
  const sounds = played.filter((_time, index) => index % perSound === 0);
  sounds.slice(1).forEach((time, index) => expect(time - (sounds[index] ?? 0)).toBeGreaterThan(950));
});
