"""The charts of this report, one file each, found by listing this folder. Add a chart here."""
