import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './build/precompress.ts';
import { serviceWorker } from './build/serviceWorker.ts';

const server = `http://127.0.0.1:${process.env['PORT'] ?? 3000}`;

/**
 * What the first page needs, in one file: many small ones compress worse, by 7 kB. Left out is what comes on demand,
 * and the icons, each of which goes where it is used.
 */
const FIRST_PAGE =
  /node_modules\/(?!lucide|@tanstack)|\/packages\/|\/src\/(main|App|Home|PageFrame|Waiting|system\/(?!updates|UpdateOffer|sound|worker\.)|ui\/(?!ConfirmDialog|Menu|unreadLook|useArrowKeys|useThrottled)|realtime\/(?!WithMe|Queries)|http|likes|session\/(?!SignUpPage|UserMenuItems)|locales\/(en|language|time)|posts\/(?!Delete(d|Dialog)|PostPage|PersonPosts|\w*[Ll]ikers)|inbox\/(?!InboxPanel|MarkAllRead|useOlder|NotificationList|NotificationItem|NotificationsPage|OlderNotifications|NoNotifications|groupByDay))/;

export default defineConfig({
  root: import.meta.dirname,
  // The worker lists the files of the app, and not those that are the same compressed.
  plugins: [react(), tailwindcss(), serviceWorker(), precompress()],
  server: {
    host: 'localhost',
    port: 5173,
    strictPort: true,
    // The server judges the browser's own Origin, so it must arrive unchanged.
    proxy: {
      '/api': { target: server, changeOrigin: false },
      '/socket.io': { target: server, changeOrigin: false, ws: true },
    },
  },
  build: {
    target: 'es2023',
    sourcemap: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first-page', test: FIRST_PAGE }] } } },
  },
});
