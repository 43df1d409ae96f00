"""Fetching politely from the web, and never from where it should not."""
