import { NAME_MAX_LENGTH } from '@live-likes/contract';
import { useRef } from 'react';
import { Link } from 'react-router';
import { Button } from '../ui/Button.tsx';
import { FormError } from '../ui/FormError.tsx';
import { TextField } from '../ui/TextField.tsx';
import { AuthLayout } from './AuthLayout.tsx';
import type { Session } from './session.ts';
import { useSubmit } from './useSubmit.ts';

export function SignUpPage({ logIn }: { logIn: Session['logIn'] }) {
  const { busy, error, submit } = useSubmit();
  const name = useRef<HTMLInputElement>(null);

  async function submitForm(form: FormData) {
    const ok = await submit('form', () => logIn('/auth/sign-up/email', Object.fromEntries(form)));
    if (!ok) name.current?.focus();
  }

  return (
    <AuthLayout title="Create account" intro="Four fields, and you are in right away." notice={null}>
      <form
        aria-label="Create account"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submitForm(new FormData(event.currentTarget));
        }}
      >
        <FormError message={error} />
        <TextField
          ref={name}
          label="Name"
          name="name"
          autoComplete="name"
          maxLength={NAME_MAX_LENGTH}
          required
        />
        <TextField
          label="Username"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          pattern="[A-Za-z0-9_.]+"
          minLength={3}
          maxLength={30}
          title="Letters, digits, dots and underscores"
          hint="3 to 30 letters, digits, dots or underscores"
          required
        />
        <TextField label="Email" name="email" type="email" autoComplete="email" required />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          maxLength={128}
          hint="At least 8 characters"
          required
        />
        <Button type="submit" className="min-h-11" aria-disabled={busy !== null} aria-busy={busy !== null}>
          Create account
        </Button>
      </form>
      <p className="text-center text-sm text-muted">
        Have one already?{' '}
        <Link to="/" className="font-semibold text-accent-text underline underline-offset-4">
          Back to log in
        </Link>
      </p>
    </AuthLayout>
  );
}
