require('./run.js')('announce');
