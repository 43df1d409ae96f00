"""Sources: where texts come from, one YAML file each, and what pure code reads out of lists and pages."""
