/** The mark with a number on it, as an SVG that stays readable at 16 px. */
export function badgedIcon(unread: number): string {
  const words = unread > 9 ? '9+' : String(unread);
  const width = words.length > 1 ? 28 : 20;
  const x = 32 - width;
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">' +
    '<rect width="32" height="32" rx="9" fill="#d11f4c"/>' +
    '<path d="M13 18.5 5.8 11.3a4.9 4.9 0 0 1 7.2-6.8 4.9 4.9 0 0 1 7.2 6.8Z" fill="#fff"/>' +
    `<rect x="${x}" y="12" width="${width}" height="20" rx="9" fill="#1b1014"/>` +
    `<text x="${x + width / 2}" y="28.2" text-anchor="middle" font-family="Arial,sans-serif" font-weight="700" ` +
    `font-size="18" fill="#fff">${words}</text></svg>`
  );
}
