"""The command line: one small file per command; options in, one workflow, one rendering out."""
