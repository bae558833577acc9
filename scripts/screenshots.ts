require('./run.js')('screenshots');
