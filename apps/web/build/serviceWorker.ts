import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin, type ResolvedConfig } from 'vite';
import { filesIn } from './filesIn.ts';

const ENTRY = 'src/worker/sw.ts';
const OUTPUT = 'sw.js';

/**
 * Builds the service worker beside the app, with the list of the files that it keeps and a version made of all
 * of them: any change of the app changes the worker, by which browsers notice.
 */
export function serviceWorker(): Plugin {
  let app: ResolvedConfig;
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      app = config;
    },
    // By now everything is there, also what is copied as it is.
    writeBundle: {
      sequential: true,
      order: 'post',
      async handler() {
        const outDir = path.resolve(app.root, app.build.outDir);
        const files = filesIn(outDir).filter((file) => file !== OUTPUT);
        const hash = createHash('sha256');
        for (const file of files) hash.update(`${file}\n`).update(readFileSync(path.join(outDir, file)));
        await build({
          configFile: false,
          root: app.root,
          logLevel: app.logLevel ?? 'warn',
          publicDir: false,
          define: {
            VERSION: JSON.stringify(hash.digest('hex').slice(0, 12)),
            FILES: JSON.stringify(files.map(addressOf)),
          },
          build: {
            target: app.build.target,
            outDir,
            emptyOutDir: false,
            copyPublicDir: false,
            rolldownOptions: {
              input: path.join(app.root, ENTRY),
              // One classic script: not every browser runs workers that are modules.
              output: { format: 'iife', entryFileNames: OUTPUT },
            },
          },
        });
      },
    },
  };
}

function addressOf(file: string): string {
  return file === 'index.html' ? '/' : `/${file}`;
}
