"""The build: CSV tables in, checked dataset and bilingual website out. Run with `python -m scripts`.

A folder is a stage; HACKING.md has the picture. Imports go one way, which the contracts in pyproject.toml hold.
"""
