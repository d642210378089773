"""Words and quotes to staged Markdown: pages, lists, templates, files beside them, links. In: `Content`; out: build/docs."""
