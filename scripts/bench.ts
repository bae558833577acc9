require('./run.js')('bench');
