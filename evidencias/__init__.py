"""Links each reported activity of a public policy to the files that prove it, and says why."""

__version__ = "0.1.0"
