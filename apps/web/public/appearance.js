// See src/ui/appearance.ts.
(() => {
  const KEY = 'live-likes.appearance';

  function show(choice) {
    const theme = choice === 'light' || choice === 'dark' ? choice : null;
    const { dataset } = document.documentElement;
    if (theme) dataset.theme = theme;
    else delete dataset.theme;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      const { scheme } = meta.dataset;
      if (!theme) meta.media = `(prefers-color-scheme: ${scheme})`;
      else meta.media = scheme === theme ? 'all' : 'not all';
    }
  }

  addEventListener('storage', ({ key, newValue }) => {
    if (key === KEY || key === null) show(newValue);
  });
  try {
    show(localStorage.getItem(KEY));
  } catch {}
})();
