require('./run.js')('test');
