import { useEffect } from 'react';
import { useLanguage } from '../locales/language.ts';
import { setWorkerLanguage } from './workerLanguage.ts';

/** Keeps the worker's words in the language of the app. */
export function useWorkerLanguage() {
  const language = useLanguage();
  useEffect(() => {
    setWorkerLanguage(language).catch(() => undefined);
  }, [language]);
}
