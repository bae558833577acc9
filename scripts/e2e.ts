require('./run.js')('e2e');
