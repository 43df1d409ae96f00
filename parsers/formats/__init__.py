"""One module a format; each imports what it needs only when it is used."""
