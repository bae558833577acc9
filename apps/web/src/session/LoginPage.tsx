import { useRef } from 'react';
import { Link } from 'react-router';
import { Button } from '../ui/Button.tsx';
import { FormError } from '../ui/FormError.tsx';
import { TextField } from '../ui/TextField.tsx';
import { AuthLayout } from './AuthLayout.tsx';
import { QuickLogins } from './QuickLogins.tsx';
import type { Session } from './session.ts';
import { useSubmit } from './useSubmit.ts';

interface LoginPageProps {
  logIn: Session['logIn'];
  notice: string | null;
}

export function LoginPage({ logIn, notice }: LoginPageProps) {
  const { busy, error, submit } = useSubmit();
  const password = useRef<HTMLInputElement>(null);

  async function submitForm(form: FormData) {
    const credentials = { username: form.get('username'), password: form.get('password') };
    const ok = await submit('form', () => logIn('/auth/sign-in/username', credentials));
    if (!ok) password.current?.select();
  }

  return (
    <AuthLayout
      title="Welcome"
      intro="Like a post in one window, and see it arrive in another."
      notice={notice}
    >
      <QuickLogins
        disabled={busy !== null}
        onLogIn={(path, body) => void submit('quick', () => logIn(path, body))}
      />
      <FormError id="login-error" message={error} />
      <div className="flex items-center gap-3 text-xs font-medium text-muted" aria-hidden="true">
        <span className="h-px flex-1 bg-line" />
        or with a password
        <span className="h-px flex-1 bg-line" />
      </div>
      <form
        aria-label="Log in"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submitForm(new FormData(event.currentTarget));
        }}
      >
        <TextField label="Username" name="username" autoComplete="username" autoCapitalize="none" required />
        <TextField
          ref={password}
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          aria-invalid={error ? true : undefined}
          aria-errormessage="login-error"
          required
        />
        <Button type="submit" className="min-h-11" aria-disabled={busy !== null} aria-busy={busy === 'form'}>
          Log in
        </Button>
      </form>
      <p className="text-center text-sm text-muted">
        New here?{' '}
        <Link to="/signup" className="font-semibold text-accent-text underline underline-offset-4">
          Create account
        </Link>
      </p>
    </AuthLayout>
  );
}
