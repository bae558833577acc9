require('./run.js')('start');
