"""Google Drive and Sheets: the one place that knows Google's errors."""
