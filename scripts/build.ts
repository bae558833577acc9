require('./run.js')('build');
