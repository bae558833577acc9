require('./run.js')('ban');
