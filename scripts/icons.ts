require('./run.js')('icons');
