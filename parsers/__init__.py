"""Bytes to statements. Pure: no database, no network, no Prefect."""
