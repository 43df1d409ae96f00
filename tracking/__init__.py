"""Statements to commitments, editions and changes. Pure."""
