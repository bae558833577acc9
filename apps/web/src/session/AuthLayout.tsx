import { Heart } from 'lucide';
import { type ReactNode, useLayoutEffect } from 'react';
import { useText } from '../locales/language.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { focusMain } from '../ui/focusMain.ts';
import { Icon } from '../ui/Icon.tsx';
import { LanguagePicker } from '../ui/LanguagePicker.tsx';
import { Logo } from '../ui/Logo.tsx';
import { PageTitle } from '../ui/PageTitle.tsx';

interface AuthLayoutProps {
  title: string;
  /** Whether one starts here. */
  start?: boolean;
  intro: string;
  /** Why the reader is here again, if they did not come by themselves. */
  notice: string | null;
  children: ReactNode;
}

export function AuthLayout({ title, start, intro, notice, children }: AuthLayoutProps) {
  const thrownOut = notice !== null;
  // Whoever was thrown out of a page, or waited for this one, must not be left with the focus nowhere.
  useLayoutEffect(() => {
    if (thrownOut || !start) focusMain();
  }, [thrownOut, start]);

  return (
    <div className="grid min-h-dvh lg:grid-cols-[1.1fr_1fr]">
      <Showcase />
      <main
        id="main"
        tabIndex={-1}
        className="flex justify-center px-5 pt-8 pb-12 sm:px-8 lg:items-center lg:py-12"
      >
        <div className="grid w-full max-w-sm content-start gap-6">
          <div className="flex items-center gap-3 lg:hidden">
            <Logo className="size-10" />
            <span className="text-lg font-bold tracking-tight">Live Likes</span>
          </div>
          <div className="grid gap-1.5">
            <PageTitle start={start} className="text-3xl font-bold tracking-tight text-balance">
              {title}
            </PageTitle>
            <p className="text-pretty text-muted">{intro}</p>
          </div>
          {notice && (
            <p role="alert" className="rounded-xl bg-warn-soft px-3.5 py-2.5 text-sm text-pretty text-warn">
              {notice}
            </p>
          )}
          {children}
          <div className="justify-self-center">
            <LanguagePicker />
          </div>
        </div>
      </main>
    </div>
  );
}

const FACES = [
  { name: 'Nadia Karim', image: null },
  { name: 'Tom Okafor', image: null },
  { name: 'June Lee', image: null },
];

/** What the product does, as a picture. */
function Showcase() {
  const t = useText();
  return (
    <div
      aria-hidden="true"
      className="relative hidden overflow-hidden bg-linear-150 from-[#7d0f33] via-[#bb1a44] to-[#c2410c] p-12 text-white lg:flex lg:flex-col lg:justify-between xl:p-16"
    >
      <Icon
        of={Heart}
        className="absolute -right-24 -bottom-28 size-112 rotate-12 fill-white/6 stroke-none"
      />
      <Icon of={Heart} className="absolute -top-16 left-1/3 size-56 -rotate-12 fill-white/5 stroke-none" />
      <div className="relative flex items-center gap-3 text-lg font-bold tracking-tight">
        <Logo className="size-10 rounded-xl ring-1 ring-white/40" />
        Live Likes
      </div>
      <div className="relative mx-auto grid w-full max-w-md gap-4">
        <div className="animate-drift rounded-3xl bg-white p-5 text-[#211a1c] shadow-float">
          <div className="flex items-center gap-3">
            <Avatar user={{ name: 'Mira Sand', image: null }} />
            <div>
              <p className="text-sm font-semibold">Mira Sand</p>
              <p className="text-xs text-[#6b6063]">{t.showcase.ago}</p>
            </div>
          </div>
          <p className="mt-3">{t.showcase.post}</p>
          <p className="mt-4 flex items-center gap-2 text-sm font-semibold text-[#bd1a44]">
            <Icon of={Heart} size={20} className="fill-current" /> 128
          </p>
        </div>
        <div className="ml-auto flex animate-drift items-center gap-3 rounded-2xl bg-white/95 py-3 pr-5 pl-3.5 text-[#211a1c] shadow-float [animation-delay:-3.5s]">
          <span className="flex">
            {FACES.map((face, index) => (
              <span
                key={face.name}
                className={`rounded-full ring-2 ring-white ${index > 0 ? '-ml-2.5' : ''}`}
              >
                <Avatar user={face} className="size-9 text-xs" />
              </span>
            ))}
          </span>
          <span className="text-sm font-medium">{t.showcase.likers}</span>
        </div>
      </div>
      <div className="relative grid max-w-lg gap-3">
        <p className="text-4xl leading-tight font-bold tracking-tight text-balance xl:text-5xl">
          {t.showcase.title}
        </p>
        <p className="text-lg text-pretty text-white/90">{t.showcase.intro}</p>
      </div>
    </div>
  );
}
