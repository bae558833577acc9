import { expect, test } from './test.ts';

const TEXT = 'Cake in the kitchen at four.';

test('an announcement reaches who is there as a toast, and who is not at the next login', async ({
  actor,
  visitor,
}) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);

  const answer = await alice.page.context().request.post('/api/announcements', { data: { text: TEXT } });
  expect(answer.status()).toBe(201);

  await bob.seesToast(TEXT);
  await bob.seesBadge(1);
  await bob.seesNotifications(TEXT);

  const carol = await visitor();
  await carol.continuesAs('carol');
  await carol.seesBadge(1);
  await carol.seesNotifications(TEXT);
});
