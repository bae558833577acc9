require('./run.js')('newEpoch');
