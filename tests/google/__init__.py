"""A stand-in of Google Drive, Sheets and OAuth for tests: see README.md beside this file."""
