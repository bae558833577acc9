require('./run.js')('scaling');
