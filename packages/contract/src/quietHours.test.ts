import { expect, test } from 'vitest';
import { isQuiet } from './quietHours.ts';

const at = (time: string) => Date.parse(`2026-06-15T${time}:00Z`);
const quiet = (from: string, to: string, timeZone: string, times: string[]) =>
  times.filter((time) => isQuiet({ from, to, timeZone }, at(time)));

test('without quiet hours it is never quiet', () => {
  expect(isQuiet(null, at('03:00'))).toBe(false);
});

test('quiet hours begin at their first minute, and end before their last', () => {
  expect(quiet('13:00', '14:30', 'UTC', ['12:59', '13:00', '14:29', '14:30'])).toEqual(['13:00', '14:29']);
});

test('quiet hours may go over midnight', () => {
  const times = ['21:59', '22:00', '23:59', '00:00', '06:59', '07:00', '12:00'];
  expect(quiet('22:00', '07:00', 'UTC', times)).toEqual(['22:00', '23:59', '00:00', '06:59']);
});

test('quiet hours are those of their zone, whatever the zone of the machine', () => {
  // Nine hours ahead of UTC, four behind, and five and three quarters ahead.
  expect(quiet('22:00', '07:00', 'Asia/Tokyo', ['12:59', '13:00', '21:59', '22:00'])).toEqual([
    '13:00',
    '21:59',
  ]);
  expect(quiet('22:00', '07:00', 'America/New_York', ['01:59', '02:00', '10:59', '11:00'])).toEqual([
    '02:00',
    '10:59',
  ]);
  expect(quiet('00:00', '01:00', 'Asia/Kathmandu', ['18:14', '18:15', '19:14', '19:15'])).toEqual([
    '18:15',
    '19:14',
  ]);
});

test('quiet hours follow the clock on the wall through summer time', () => {
  const quietHours = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
  expect(isQuiet(quietHours, Date.parse('2026-01-15T05:30:00Z'))).toBe(true);
  expect(isQuiet(quietHours, Date.parse('2026-07-15T05:30:00Z'))).toBe(false);
});

test('from and to the same time is never', () => {
  expect(quiet('22:00', '22:00', 'UTC', ['21:59', '22:00', '03:00'])).toEqual([]);
});

test('a zone that is not known here is no reason to fail', () => {
  expect(quiet('02:00', '04:00', 'Mars/Olympus', ['01:00', '03:00'])).toEqual(['03:00']);
});
