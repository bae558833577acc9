import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST] = DEMO_POSTS.alice;
const [BOBS_POST] = DEMO_POSTS.bob;

// Where no Firefox can be started there is no such test, instead of one that seems to pass.
if (process.env['E2E_FIREFOX'] === '1') {
  test('Bob in Firefox and Alice in Chromium see each other’s likes', async ({
    actor,
    visitor,
    playwright,
    server,
  }) => {
    // The machine's own Firefox is driven over WebDriver BiDi, which Playwright chooses by the channel.
    const executablePath = process.env['E2E_FIREFOX_PATH'];
    const options = executablePath ? { executablePath, channel: 'moz-firefox' } : {};
    const [alice, bob] = await Promise.all([
      actor('alice'),
      visitor({ launch: () => playwright.firefox.launch(options) }),
    ]);
    await bob.continuesAs('bob');

    await bob.likes(POST);
    await alice.seesToast('Bob liked your post');
    await alice.seesBadge(1);
    await alice.seesCount(POST, 1);

    await alice.likes(BOBS_POST);
    await bob.seesToast('Alice liked your post');
    await bob.seesBadge(1);
    await bob.seesCount(BOBS_POST, 1);

    await bob.unlikes(POST);
    await alice.seesBadge(0);
    await alice.seesCount(POST, 0);
    await bob.logsOut('Bob');
    expect(server.database.post(BOBS_POST).likedBy).toEqual(['alice']);
  });
}
