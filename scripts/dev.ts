require('./run.js')('dev');
