require('./run.js')('model');
