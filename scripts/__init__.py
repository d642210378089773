"""The build: CSV tables in, checked dataset and bilingual website out. Run with `python -m scripts`.

Each folder is a stage (see HACKING.md). Imports go in one direction; contracts in pyproject.toml enforce it.
"""
