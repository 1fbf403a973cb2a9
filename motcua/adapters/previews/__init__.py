"""Opens pictures and PDF files in a process of its own and draws their first page."""
