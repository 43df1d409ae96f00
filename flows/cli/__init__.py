"""The command line: one file a family of commands; heavy imports stand inside the commands that need them."""
