"""Frozen editions of the package: zips, their checksums, changes between two, and other formats generated from their files."""
