"""The error tree: what only a person, a retry or a decision can solve, each with its exit code.

    EvidenciasError                 exit 3
    ├── ConfigError                 exit 2   all problems of the configuration at once
    ├── InputError                  exit 2   a file the person gave: where, and the fix
    ├── AccessError                 exit 4   what to share, with whom
    ├── SourceError                 exit 3   try again; nothing was lost
    ├── LockedError                 exit 6   who holds it since when
    └── SafetyError                 exit 7   what would have vanished

Anything else that escapes is a defect of the tool (exit 70). Bad rows and bad files are not
exceptions but values that are shown (`model.Problem`); what an audit finds is a `model.Finding`.
"""

from __future__ import annotations


class EvidenciasError(Exception):
    """A failure told to the user: `message` says what happened and where, `hint` what to do.

    Both are complete Spanish sentences (see the voice guide); the command line prints them as two
    lines on standard error and exits with `exit_code`.
    """

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(EvidenciasError):
    """`evidencias.toml` cannot be used; `problems` lists every fault, each naming its key."""

    exit_code = 2

    def __init__(self, message: str, problems: tuple[str, ...] = (), hint: str = "") -> None:
        super().__init__(message, hint)
        self.problems = problems


class InputError(EvidenciasError):
    """A file the person gave (plan, report, register, manifest) cannot be understood."""

    exit_code = 2


class AccessError(EvidenciasError):
    """A person must act first: credentials, permission, consent."""

    exit_code = 4


class SourceError(EvidenciasError):
    """A service or a file failed for now; nothing was lost and the run can be repeated."""

    exit_code = 3


class LockedError(EvidenciasError):
    """Another run holds the workspace."""

    exit_code = 6


class SafetyError(EvidenciasError):
    """Too much evidence vanished at once; nothing was written."""

    exit_code = 7
