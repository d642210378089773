"""Turn staged Markdown into the finished site: the builder, metadata of pages, the preview of changed rows."""
