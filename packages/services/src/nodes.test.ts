import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeNamedIn, nodesConf } from './nodes.ts';

test.each([
  ['/socket.io/?EIO=4&transport=polling&sid=node2.Xy_-z', 'node2'],
  ['/socket.io/?sid=a-1.x&EIO=4', 'a-1'],
  ['/socket.io/?EIO=4&transport=polling', undefined],
  ['/socket.io/?EIO=4&sid=Xy_-z', undefined],
  ['/socket.io/?EIO=4&sid=UPPER.x', undefined],
  ['/socket.io/?EIO=4&psid=node2.x', undefined],
  ['/', undefined],
])('%s belongs to %s', (url, node) => {
  expect(nodeNamedIn(url)).toBe(node);
});

test('the list of nodes that is shipped is that of the nodes of compose.yaml', () => {
  const deploy = (file: string) => readFileSync(new URL(`../../../deploy/${file}`, import.meta.url), 'utf8');
  const nodes = deploy('compose.yaml').matchAll(/NODE_ID: (\S+)[\s\S]*?ipv4_address: (\S+)/g);
  const listed = Array.from(nodes, ([, id = '', address = '']) => ({ id, address: `${address}:3000` }));
  expect(listed).toHaveLength(3);
  expect(deploy('nginx/nodes.conf')).toBe(nodesConf(listed));
});
