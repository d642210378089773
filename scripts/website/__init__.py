"""Staged Markdown to the finished site: the builder, what machines read of a page, what a changed row does at once."""
