@rem The npm scripts begin with `exec`, so that a signal to npm reaches the script and not a shell between them.
@rem Windows has no such word: here it runs the rest of its line.
@%*
