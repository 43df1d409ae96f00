"""The Prefect flows, by hand or by schedule; thin: each calls the core that the command line calls too.

Import their modules after `flows.prefect_env.prepare()`.
"""
