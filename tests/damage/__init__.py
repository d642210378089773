"""Damaged input and hostile texts."""
