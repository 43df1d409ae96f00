"""Full-text search of Chinese: pairs of characters in the database's own index, then the text itself."""
