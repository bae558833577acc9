import { expect, test } from 'vitest';
import { createLog } from './log.ts';

function logged(err: unknown): unknown {
  const lines: string[] = [];
  createLog('info', { write: (line) => lines.push(line) }).error({ err }, 'failed');
  expect(lines).toHaveLength(1);
  return (JSON.parse(lines[0]!) as { err: unknown }).err;
}

test('of an error its words and numbers are logged, and nothing that it failed on', () => {
  const request = Buffer.from('cookie: secret');
  const error = Object.assign(new Error('cannot be read', { cause: new Error('a cause') }), {
    code: 'HPE_INVALID_METHOD',
    bytesParsed: 12,
    rawPacket: request,
    request: { request },
  });
  expect(logged(error)).toEqual({
    type: 'Error',
    message: 'cannot be read: a cause',
    stack: expect.stringContaining('caused by: Error: a cause') as string,
    code: 'HPE_INVALID_METHOD',
    bytesParsed: 12,
  });
});

test('of several errors in one, each is logged so', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', address: {} });
  const error = new AggregateError([new AggregateError([refused]), 'a sentence', undefined], 'none answered');
  const { aggregateErrors } = logged(error) as { aggregateErrors: unknown[] };
  const stack = expect.any(String) as string;
  expect(aggregateErrors).toEqual([
    expect.objectContaining({
      aggregateErrors: [{ type: 'Error', message: refused.message, stack, code: refused.code }],
    }),
    'a sentence',
    null,
  ]);
});

test.each(['a sentence', null, undefined, 7])(
  'what was thrown and is no error is logged as it is: %s',
  (thrown) => {
    expect(logged(thrown)).toEqual(thrown);
  },
);
