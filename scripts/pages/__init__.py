"""Stage pages as Markdown: pages, lists, templates, downloads, links. In: `Content`; out: build/docs."""
