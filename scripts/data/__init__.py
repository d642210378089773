"""The package: CSV cells, tables, frozen records, and the verdict that follows from a fact's checks. In: bytes; out: `Dataset`."""
