import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress, limitedAddress } from './clientAddress.ts';

function request(remoteAddress: string | undefined, forwardedFor?: string) {
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
  return { headers, socket: { remoteAddress } } as unknown as IncomingMessage;
}

test.each([
  ['the header says nothing without a proxy', 0, '198.51.100.7', '192.0.2.1', '198.51.100.7'],
  ['what the one proxy saw', 1, '10.0.0.1', '192.0.2.1', '192.0.2.1'],
  ['what the client wrote is left of it', 1, '10.0.0.1', '203.0.113.9, 192.0.2.1', '192.0.2.1'],
  ['two proxies', 2, '10.0.0.1', '203.0.113.9, 192.0.2.1, 10.0.0.2', '192.0.2.1'],
  ['fewer entries than proxies', 3, '10.0.0.1', '192.0.2.1, 10.0.0.2', '192.0.2.1'],
  ['no header', 1, '10.0.0.1', undefined, '10.0.0.1'],
  ['what is no address', 1, '10.0.0.1', 'unknown', '10.0.0.1'],
  ['IPv4 that came as IPv6', 0, '::ffff:192.0.2.1', undefined, '192.0.2.1'],
  ['the same from a proxy', 1, '10.0.0.1', '::ffff:192.0.2.1', '192.0.2.1'],
  ['IPv6 in another spelling', 1, '10.0.0.1', '2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['with a port', 1, '10.0.0.1', '192.0.2.1:4711', '192.0.2.1'],
  ['IPv6 with a port', 1, '10.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
  ['IPv6 with a zone', 0, 'fe80::1%br-lan', undefined, 'fe80::1'],
  ['a zone that the client wrote', 1, '10.0.0.1', 'fe80::1%a-b', 'fe80::1'],
  ['a spelling that few know', 1, '10.0.0.1', '::1.2.3.4', '10.0.0.1'],
  ['the same of another network', 1, '10.0.0.1', '64:ff9b::1.2.3.4', '10.0.0.1'],
  ['a client that has gone', 1, undefined, '192.0.2.1', ''],
])('the address of a client: %s', (_case, hops, peer, forwardedFor, address) => {
  expect(clientAddress(request(peer, forwardedFor), hops)).toBe(address);
});

test.each([0, 1])('with %i proxies nobody changes their address by a header', (hops) => {
  const addresses = Array.from({ length: 50 }, (_, index) => {
    const written = `203.0.113.${index}`;
    // The proxy adds what it sees to what the client wrote.
    return clientAddress(request('192.0.2.1', hops === 0 ? written : `${written}, 192.0.2.1`), hops);
  });
  expect(new Set(addresses)).toEqual(new Set(['192.0.2.1']));
});

test('of IPv6 the network is limited, of IPv4 the address', () => {
  expect(limitedAddress('2001:db8:1:2::1')).toBe(limitedAddress('2001:db8:1:2:ffff::9'));
  expect(limitedAddress('2001:db8:1:2::1')).not.toBe(limitedAddress('2001:db8:1:3::1'));
  expect(limitedAddress('192.0.2.1')).toBe('192.0.2.1');
});
