import { useRef } from 'react';
import { Link } from 'wouter';
import { useText } from '../locales/language.ts';
import { Button } from '../ui/Button.tsx';
import { FormError } from '../ui/FormError.tsx';
import { TextField } from '../ui/TextField.tsx';
import { AuthLayout } from './AuthLayout.tsx';
import { endedText } from './endedText.ts';
import { QuickLogins } from './QuickLogins.tsx';
import type { Session } from './session.ts';
import { useSubmit } from '../ui/useSubmit.ts';

interface LoginPageProps {
  logIn: Session['logIn'];
  /** Why the reader is here again, if they did not come by themselves. */
  reason: string | null;
}

export function LoginPage({ logIn, reason }: LoginPageProps) {
  const t = useText();
  const { busy, error, submit } = useSubmit();
  const password = useRef<HTMLInputElement>(null);
  const notice = reason === null ? null : endedText(reason, t);

  async function submitForm(form: FormData) {
    const credentials = { username: form.get('username'), password: form.get('password') };
    const ok = await submit('form', () => logIn('/auth/sign-in/username', credentials));
    if (!ok) password.current?.select();
  }

  return (
    <AuthLayout start title={t.login.title} intro={t.login.intro} notice={notice}>
      <QuickLogins
        disabled={busy !== null}
        onLogIn={(path, body) => void submit('quick', () => logIn(path, body))}
      />
      <FormError id="login-error" message={error} />
      <div className="flex items-center gap-3 text-xs font-medium text-muted" aria-hidden="true">
        <span className="h-px flex-1 bg-line" />
        {t.login.orPassword}
        <span className="h-px flex-1 bg-line" />
      </div>
      <form
        aria-label={t.login.form}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submitForm(new FormData(event.currentTarget));
        }}
      >
        <TextField
          label={t.login.username}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          required
        />
        <TextField
          ref={password}
          label={t.login.password}
          name="password"
          type="password"
          autoComplete="current-password"
          aria-invalid={error ? true : undefined}
          aria-errormessage="login-error"
          required
        />
        <Button type="submit" className="min-h-11" aria-disabled={busy !== null} aria-busy={busy === 'form'}>
          {t.login.submit}
        </Button>
      </form>
      <p className="text-center text-sm text-muted">
        {t.login.newHere}{' '}
        <Link to="/signup" className="font-semibold text-accent-text underline underline-offset-4">
          {t.login.createAccount}
        </Link>
      </p>
    </AuthLayout>
  );
}
