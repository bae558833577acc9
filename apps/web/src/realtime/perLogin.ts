import type { Live } from './live.ts';

/** What there is one of in each login: nothing that was asked for in one is shown in another. */
export function perLogin<Value>(create: (live: Live) => Value): (live: Live) => Value {
  const values = new WeakMap<Live, Value>();
  return (live) => {
    const value = values.get(live) ?? create(live);
    values.set(live, value);
    return value;
  };
}
