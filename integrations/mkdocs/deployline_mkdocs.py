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

#: Planning takes milliseconds; a command that hangs must not stop the build for ever.
TIME_LIMIT_SECONDS = 30

# Below MkDocs' own logger, so that `mkdocs build --strict` counts the warnings.
_log = logging.getLogger("mkdocs.deployline")


def validate(
    language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, Any], md: Any
) -> bool:
    """Accepts every option: the command checks them, and names those it does not know."""
    options.update(inputs)
    return True


def fence(
    source: str, language: str, class_name: str, options: dict[str, Any], md: Any, **kwargs: Any
) -> str:
    """Returns the HTML that replaces a block.

    Raises SuperFencesException when the command fails.
    """
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
    messages = done.stderr.decode("utf-8", "replace").strip()
    # With exit status 1 the block has a mistake, and the HTML shows it. Others come without HTML.
    if done.returncode not in (0, 1):
        raise SuperFencesException(f"deployline: {messages}")
    for line in messages.splitlines():
        _log.warning("deployline: %s (block that starts with %r)", line, _first_line(source))
    return done.stdout.decode("utf-8")


def _info(options: dict[str, Any]) -> str:
    """Returns the options as written behind the fence.

    SuperFences gives an option without a value its name as value.
    """
    parts = [
        name if value == name else f"{name}={_quoted(str(value))}" for name, value in options.items()
    ]
    return " ".join(parts)


def _quoted(value: str) -> str:
    """Quotes a value with the quotes that it does not contain."""
    quote = "'" if '"' in value else '"'
    return f"{quote}{value.replace(quote, '')}{quote}"


def _first_line(source: str) -> str:
    return source.strip().split("\n", 1)[0][:60]
