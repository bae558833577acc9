import { DEFAULT_SETTINGS, type Settings } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { type Moment, waysToTell } from './waysToTell.ts';

const NOON = Date.parse('2026-06-15T12:00:00Z');
const ALL: Settings = { ...DEFAULT_SETTINGS, toasts: true, sound: true, system: true };
const LOOKING: Moment = {
  settings: ALL,
  now: NOON,
  inView: true,
  anyInView: true,
  permission: 'granted',
  speaks: true,
  plays: true,
};
const AWAY: Moment = { ...LOOKING, inView: false, anyInView: false };

const ways = (
  moment: Moment,
  change: Partial<Omit<Moment, 'settings'>> & { settings?: Partial<Settings> } = {},
) => {
  const settings = { ...moment.settings, ...change.settings };
  const all = waysToTell({ ...moment, ...change, settings });
  return Object.keys(all).filter((way) => all[way as keyof typeof all]);
};

test('whoever looks is told by a toast and the sound, and never by the system', () => {
  expect(ways(LOOKING)).toEqual(['toast', 'sound']);
  expect(ways({ ...LOOKING, settings: DEFAULT_SETTINGS })).toEqual(['toast']);
});

test('each way can be switched off alone', () => {
  expect(ways(LOOKING, { settings: { toasts: false } })).toEqual(['sound']);
  expect(ways(LOOKING, { settings: { sound: false } })).toEqual(['toast']);
  expect(ways(AWAY, { settings: { system: false } })).toEqual(['sound']);
});

test('whoever looks elsewhere is told by the system, which has sounds of its own', () => {
  expect(ways(AWAY)).toEqual(['system']);
});

test('a hidden tab leaves the telling to one that is in view, but may play its sound', () => {
  expect(ways(AWAY, { anyInView: true })).toEqual(['sound']);
  expect(ways(AWAY, { anyInView: true, plays: false })).toEqual([]);
});

test('of several tabs one speaks, and one plays', () => {
  expect(ways(AWAY, { speaks: false })).toEqual([]);
  expect(ways(LOOKING, { plays: false })).toEqual(['toast']);
});

test('the system is used with permission alone; without it the sound is played', () => {
  for (const permission of ['default', 'denied', 'unsupported'] as const)
    expect(ways(AWAY, { permission })).toEqual(['sound']);
});

test('in quiet hours nothing tells, and right after them everything does', () => {
  const quietHours = { from: '11:00', to: '12:01', timeZone: 'UTC' };
  expect(ways(LOOKING, { settings: { quietHours } })).toEqual([]);
  expect(ways(AWAY, { settings: { quietHours } })).toEqual([]);
  expect(ways(LOOKING, { settings: { quietHours }, now: NOON + 60_000 })).toEqual(['toast', 'sound']);
});

test('quiet hours are those of the settings’ zone', () => {
  const night = { from: '22:00', to: '07:00' };
  expect(ways(LOOKING, { settings: { quietHours: { ...night, timeZone: 'UTC' } } })).not.toEqual([]);
  // There it is two in the morning.
  expect(ways(LOOKING, { settings: { quietHours: { ...night, timeZone: 'Pacific/Kiritimati' } } })).toEqual(
    [],
  );
});
