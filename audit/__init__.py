"""Questions to answers: queries, API, site."""
