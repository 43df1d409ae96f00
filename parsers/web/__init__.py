"""Web pages: markup with positions, its tree, the main text in it and what the page says of itself."""
