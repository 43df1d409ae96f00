"""The outbox: who gets mails, what was fixed for them, what each told, and how sending it went."""
