"""What must hold of tables, texts and files. In: records, pages, files; out: problems with their lines. A rule is added here."""
