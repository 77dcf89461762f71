"""Lets `python -m evidencias` do what the installed command does."""

from evidencias.cli.main import main

if __name__ == "__main__":
    main()
