/** `npm run simulate`: people who like, at a server that runs; `simulator/options.ts` has the options. */

// By its address, since these scripts are checked apart from the product. In this very process, so that Ctrl-C
// reaches it, and its exit code is ours.
await import(new URL('../../simulator/main.ts', import.meta.url).href);
