/** A text as a search compares it: whatever its case, and however its accents are written. */
export const fold = (text: string) => text.normalize('NFC').toLowerCase();
