require('./run.js')('simulate');
