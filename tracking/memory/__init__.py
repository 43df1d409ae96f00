"""What was worked out for a place last time, so that a new text is concluded without the others again.

Nothing here is evidence: a memory may be dropped at any time, and what is concluded with one is what is
concluded without (`tracking.derive`), which tests hold for random histories.
"""
