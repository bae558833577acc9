import unhomoglyph from 'unhomoglyph';

/** Letters and signs that show, and the white space between them; the parts of an emoji belong to it. */
const EMOJI = /\p{RGI_Emoji}/gv;
/** Between letters of scripts whose spelling needs them. */
const JOINERS =
  /(?<=[\p{scx=Arab}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}])[\u200c\u200d](?=[\p{scx=Arab}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}])/gu;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/u;
const SEEN = /[^\p{M}\s]/u;
const NOT_DRAWN = /[\p{Default_Ignorable_Code_Point}\s]/gu;

/** As it is kept: composed, and with single spaces between its words. */
export function tidyName(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/gu, ' ');
}

/** Whether a tidy name consists of what people can see, and cannot change the order of the text around it. */
export function isReadable(name: string): boolean {
  return SEEN.test(name) && !UNSEEN.test(name.replace(EMOJI, '').replace(JOINERS, ''));
}

/**
 * The same for all names that can be taken for each other: whatever their spaces, the case of their Latin letters,
 * and letters that look alike (Unicode TR 39). The two cases of a letter of another script count as one only where
 * both look like the same Latin letter: a Greek Ν looks like an N, and a ν like a v.
 */
export function skeletonOf(name: string): string {
  const shown = name.normalize('NFKC').replace(NOT_DRAWN, '');
  // Capitals have look-alikes of their own, so before the case is taken away and after. An I looks like an l.
  return unhomoglyph(unhomoglyph(shown).toLowerCase()).replaceAll('i', 'l');
}
