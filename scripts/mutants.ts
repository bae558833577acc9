require('./run.js')('mutants');
