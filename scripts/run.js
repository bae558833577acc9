// The files of this folder are plain CommonJS on purpose: a Node too old for TypeScript, which reads a `.ts`
// here as JavaScript, still gets far enough to say in one sentence what is wrong. The work is in commands/.
const NEEDED = 24;

module.exports = function run(command) {
  const major = Number.parseInt(process.versions.node, 10);
  if (major < NEEDED) {
    console.error(
      `Live Likes needs Node ${NEEDED}, and this is Node ${process.versions.node}: ` +
        'run `npm install`, then start this with `npm run`, which brings its own Node.',
    );
    process.exit(1);
  }
  import(`./commands/${command}.ts`).catch((error) => {
    console.error(error);
    process.exit(1);
  });
};
