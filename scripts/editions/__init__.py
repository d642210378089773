"""The package as it was frozen: zips, their checksums, what changed between two, and other formats made of their files."""
