"""Results drawn for people and machines: terminal, JSON, CSV, Markdown, HTML, annex."""
