"""Files as they lie on disk: bytes, text, JSON, YAML, zips, addresses; each within limits, each with the lines of what it holds."""
