"""The embedded default: a folder, a workbook and files on an ordinary PC."""
