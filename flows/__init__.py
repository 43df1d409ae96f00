"""What runs and when: Prefect flows, polite fetching, the command line."""
