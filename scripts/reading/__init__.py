"""Read files within limits: bytes, text, JSON, YAML, zips, addresses; parsed values know their line numbers."""
