"""The fence with a script as the command. Run: `python -m unittest discover integrations/mkdocs/tests`."""

import os
import pathlib
import stat
import tempfile
import unittest
from unittest import mock

import deployline_mkdocs
from deployline_mkdocs import SuperFencesException, fence, validate


def run(script: str, source: str = "stage: {}", options=None) -> str:
    """Runs the fence with a script in place of the command."""
    with tempfile.TemporaryDirectory() as folder:
        command = pathlib.Path(folder, "deployline")
        command.write_text(f"#!/bin/sh\n{script}\n")
        command.chmod(command.stat().st_mode | stat.S_IXUSR)
        with mock.patch.dict(os.environ, {"DEPLOYLINE": str(command)}):
            return fence(source, "deployline", "deployline", options or {}, None)


class Fence(unittest.TestCase):
    def test_the_command_gets_the_text_and_the_options(self):
        options = {"view": "lanes", "live": "live", "durations": 'a"b=1m, c=2m'}
        html = run('echo "$1|$2|$3|$4"; cat', "é\n$(x)", options)
        self.assertEqual(html, "fence|-|--info|view=\"lanes\" live durations='a\"b=1m, c=2m'\né\n$(x)")

    def test_a_mistake_is_a_warning_and_its_html_is_shown(self):
        with self.assertLogs("mkdocs.deployline", "WARNING") as logged:
            html = run("echo '<div>'; echo 'error: line 1: no' >&2; exit 1")
        self.assertEqual(html, "<div>\n")
        self.assertIn("error: line 1: no (block that starts with 'stage: {}')", logged.output[0])

    def test_a_missing_command_or_bad_usage_fails_the_build_with_the_reason(self):
        with mock.patch.dict(os.environ, {"DEPLOYLINE": "/no/such/command"}):
            with self.assertRaisesRegex(SuperFencesException, "could not be started.*DEPLOYLINE"):
                fence("", "deployline", "deployline", {}, None)
        with self.assertRaisesRegex(SuperFencesException, "deployline: bad usage"):
            run("echo 'bad usage' >&2; exit 2")

    def test_a_command_that_hangs_is_killed(self):
        with mock.patch.object(deployline_mkdocs, "TIME_LIMIT_SECONDS", 0.2):
            with self.assertRaisesRegex(SuperFencesException, "no answer within 0.2 seconds"):
                run("exec sleep 60")

    def test_every_option_is_accepted(self):
        options = {}
        self.assertTrue(validate("deployline", {"veiw": "x"}, options, {}, None))
        self.assertEqual(options, {"veiw": "x"})


if __name__ == "__main__":
    unittest.main()
