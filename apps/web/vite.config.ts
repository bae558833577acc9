import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './build/precompress.ts';
import { serviceWorker } from './build/serviceWorker.ts';
import { withoutWebTransport } from './build/withoutWebTransport.ts';

const server = `http://127.0.0.1:${process.env['PORT'] ?? 3000}`;

export default defineConfig({
  root: import.meta.dirname,
  // The worker lists the files of the app, and not those that are the same compressed.
  plugins: [react(), tailwindcss(), withoutWebTransport(), serviceWorker(), precompress()],
  // The router brings a stand-in for what every React has that we could use.
  resolve: { alias: { 'use-sync-external-store/shim/index.js': 'react' } },
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
    // What a part on demand imports is fetched after it: a moment more at a first look, 0.8 kB less for every first load.
    modulePreload: false,
    rolldownOptions: {
      treeshake: {
        // They export more than we use, and do not say that it can be left out.
        moduleSideEffects: [{ test: /\/node_modules\/(socket|engine)\.io-client\//, sideEffects: false }],
      },
      output: {
        codeSplitting: {
          groups: [
            // What the first page needs, in one file: many small ones compress worse, by 7 kB.
            { name: 'first-page', tags: ['$initial'] },
            // And what several parts on demand need, but for the library that only some of them ask the server with.
            { name: 'shared', minShareCount: 2, test: /lucide|\/src\/(?!realtime\/Queries)/ },
          ],
        },
      },
    },
  },
});
