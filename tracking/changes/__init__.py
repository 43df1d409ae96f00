"""The kinds of conclusion, one file each: what it needs, and the entry it makes."""
