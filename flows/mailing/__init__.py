"""Mails: made from what is due, put into the outbox, handed over."""
