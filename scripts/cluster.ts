require('./run.js')('cluster');
