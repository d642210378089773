"""The data package: CSV cells, tables, immutable records, and the verdict computed from a fact's checks. In: bytes; out: `Dataset`."""
