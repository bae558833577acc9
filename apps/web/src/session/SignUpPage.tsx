import { NAME_MAX_LENGTH } from '@live-likes/contract';
import { useRef } from 'react';
import { Link } from 'wouter';
import { usePageText } from '../locales/usePageText.ts';
import { Button } from '../ui/Button.tsx';
import { FormError } from '../ui/FormError.tsx';
import { TextField } from '../ui/TextField.tsx';
import { AuthLayout } from './AuthLayout.tsx';
import type { Session } from './session.ts';
import { useSubmit } from '../ui/useSubmit.ts';

export function SignUpPage({ logIn }: { logIn: Session['logIn'] }) {
  const t = usePageText();
  const { busy, error, submit } = useSubmit();
  const name = useRef<HTMLInputElement>(null);

  async function submitForm(form: FormData) {
    const ok = await submit('form', () => logIn('/auth/sign-up/email', Object.fromEntries(form)));
    if (!ok) name.current?.focus();
  }

  return (
    <AuthLayout title={t.signUp.title} intro={t.signUp.intro} notice={null}>
      <form
        aria-label={t.signUp.title}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submitForm(new FormData(event.currentTarget));
        }}
      >
        <FormError message={error} />
        <TextField
          ref={name}
          label={t.signUp.name}
          name="name"
          autoComplete="name"
          maxLength={NAME_MAX_LENGTH}
          required
        />
        <TextField
          label={t.signUp.username}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          pattern="[A-Za-z0-9_.]+"
          minLength={3}
          maxLength={30}
          title={t.signUp.usernamePattern}
          hint={t.signUp.usernameHint}
          required
        />
        <TextField label={t.signUp.email} name="email" type="email" autoComplete="email" required />
        <TextField
          label={t.signUp.password}
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          maxLength={128}
          hint={t.signUp.passwordHint}
          required
        />
        <Button type="submit" className="min-h-11" aria-disabled={busy !== null} aria-busy={busy !== null}>
          {t.signUp.submit}
        </Button>
      </form>
      <p className="text-center text-sm text-muted">
        {t.signUp.haveOne}{' '}
        <Link to="/" className="font-semibold text-accent-text underline underline-offset-4">
          {t.signUp.backToLogin}
        </Link>
      </p>
    </AuthLayout>
  );
}
