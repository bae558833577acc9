/** `file:PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`. */
export function isDatabaseUrl(text: string): boolean {
  if (text.startsWith('file:')) return text.length > 'file:'.length;
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) && new URL(text).pathname.length > 1;
}

/** `redis://HOST:PORT` or `rediss://HOST:PORT`; the path, if there is one, is the number of a database. */
export function isRedisUrl(text: string): boolean {
  const { protocol, hostname, pathname, username = '', password = '' } = URL.parse(text) ?? {};
  return (
    /^rediss?:$/.test(protocol ?? '') &&
    !!hostname &&
    /^(\/\d*)?$/.test(pathname ?? '') &&
    [username, password].every(isEscaped)
  );
}

function isEscaped(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** A setting as it may be shown, also when it is misspelt: nothing before the last `@`. */
export function withoutSecrets(value: string): string {
  return value.replace(/(password=)[^&]*/gi, '$1***').replace(/^([a-z]+:\/\/)?.*@/is, '$1***@');
}
