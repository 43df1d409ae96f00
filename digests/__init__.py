"""Changes to mails and feeds."""
