"""A custom fence of PyMdown's SuperFences: a Harness CD pipeline as a picture of its deployments.

The work is done by the command ``deployline fence``, which gets the text of the block and prints HTML.
Nothing from the block is put into HTML here, and no shell sees it.
"""

from __future__ import annotations

import logging
import os
import subprocess
from typing import Any

from pymdownx.superfences import SuperFencesException

__version__ = "0.1.0"

#: Planning takes milliseconds; a build must not hang on what does not answer.
TIME_LIMIT_SECONDS = 30

# A child of MkDocs' own logger: what is logged here counts as a warning of the build.
_log = logging.getLogger("mkdocs.deployline")


def validate(
    language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, Any], md: Any
) -> bool:
    """Takes every option: the command knows them, and says which it doesn't."""
    options.update(inputs)
    return True


def fence(
    source: str, language: str, class_name: str, options: dict[str, Any], md: Any, **kwargs: Any
) -> str:
    """The HTML in place of a block. Raises where the command can't be run."""
    command = os.environ.get("DEPLOYLINE") or "deployline"
    try:
        done = subprocess.run(
            [command, "fence", "-", "--info", _info(options)],
            input=source.encode("utf-8", "replace"),
            capture_output=True,
            timeout=TIME_LIMIT_SECONDS,
            check=False,
        )
    except OSError as error:
        raise SuperFencesException(
            f"deployline: the command `{command}` could not be started ({error.strerror}). Install it "
            "with `cargo install --path crates/cli` in Deployline's repository, or set the environment "
            "variable DEPLOYLINE to its path."
        ) from error
    except subprocess.TimeoutExpired as error:
        raise SuperFencesException(
            f"deployline: no answer within {TIME_LIMIT_SECONDS} seconds for the block that starts "
            f"with {_first_line(source)!r}."
        ) from error
    said = done.stderr.decode("utf-8", "replace").strip()
    # 1 is a mistake in the block, which its HTML shows; all else is no HTML.
    if done.returncode not in (0, 1):
        raise SuperFencesException(f"deployline: {said}")
    for line in said.splitlines():
        _log.warning("deployline: %s (block that starts with %r)", line, _first_line(source))
    return done.stdout.decode("utf-8")


def _info(options: dict[str, Any]) -> str:
    """As it stood behind the fence: a name alone where that is its value, too."""
    parts = [
        name if value == name else f"{name}={_quoted(str(value))}" for name, value in options.items()
    ]
    return " ".join(parts)


def _quoted(value: str) -> str:
    """In whichever quotes the value has not; SuperFences ends a value at its own."""
    quote = "'" if '"' in value else '"'
    return f"{quote}{value.replace(quote, '')}{quote}"


def _first_line(source: str) -> str:
    return source.strip().split("\n", 1)[0][:60]
