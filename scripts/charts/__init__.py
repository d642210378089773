"""The charts of this report, one file each, found by listing this folder. A chart is added here."""
