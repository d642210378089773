"""Renders records in the words of a language: numbers, times, hedges, quotes, citations, derived figures. In: records; out: text."""
