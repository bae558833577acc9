import { afterAll, afterEach, beforeAll } from 'vitest';
import {
  login,
  type Opened,
  type Person,
  type ServerOptions,
  startServer,
  type TestServer,
} from './harness.ts';

/** One server for the tests of a file, and people whose connections end with each test. */
export function useServer(options: ServerOptions = {}) {
  const opened: Opened = [];
  const logins = new Map<string, Promise<Person>>();
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(options);
  });
  afterEach(() => {
    for (const close of opened.splice(0)) close();
  });
  afterAll(() => server.close());
  return {
    get server() {
      return server;
    },
    /** The same login each time. */
    person(username: string): Promise<Person> {
      const person = logins.get(username) ?? login(server, username, opened);
      logins.set(username, person);
      return person;
    },
    /** A login of its own, which a test may end. */
    newLogin: (username: string): Promise<Person> => login(server, username, opened),
  };
}
