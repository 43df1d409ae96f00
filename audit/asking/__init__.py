"""The questions that the command line, the API and the site share: the same names, the same answers."""
