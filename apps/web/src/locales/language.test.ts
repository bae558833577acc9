import { expect, test, vi } from 'vitest';
import { chooseLanguage, currentLanguage, text } from './language.ts';

test('of two languages chosen one after the other the last one stays, however slowly the first one comes', async () => {
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  await Promise.all([chooseLanguage('zh-CN'), chooseLanguage('en')]);
  expect([currentLanguage(), text().app.retry]).toEqual(['en', 'Retry']);
  await Promise.all([chooseLanguage('en'), chooseLanguage('zh-CN')]);
  expect([currentLanguage(), text().app.retry]).toEqual(['zh-CN', '重试']);
});
