"""`sayso`: its commands, loaded when called, and one clear line for whatever goes wrong."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from sayso.errors import InvalidSetting, SaysoError
from sayso.version import __version__

__all__ = ["main"]

COMMANDS = {
    "annotate": "Read many records: JSON Lines in, one reading a line out.",
    "audit": "Audit the sourcing of drafts, as a linter does.",
    "eval": "Score readings against gold: attributions, timexes, article, claims, origins.",
    "check": "Check quotations and attributed statements of a text against a case.",
    "claims": "What the pages of a story say alike, and where they differ.",
    "corpus": "Work out reuse, stories, claims and origins of a case as tables.",
    "diff": "How wording and footing changed between two pages or readings.",
    "export": "Write a case or pages in another tool's format.",
    "findings": "List the finding codes, or explain one.",
    "ingest": "Take pages into a case.",
    "mcp": "Serve reading and checking to language models, by the Model Context Protocol.",
    "origins": "The independent origins that a claim really has.",
    "pack": "Pack a case or pages as evidence: a WACZ with readings and hashes.",
    "read": "Read pages: the article, who says what, on which footing, when.",
    "reuse": "Passages that pages of a case share, and who took them from whom.",
    "schema": "Print the JSON Schema of reading/1.",
    "search": "Find statements in a case by source, footing, words and time.",
    "serve": "Open the reading room: a case in the browser.",
    "stories": "Pages of a case about the same happening.",
    "story": "One story: its pages in time, and what each adds.",
    "timeline": "What happened when, across the pages of a case.",
    "verify": "Check an evidence package, byte by byte and statement by statement.",
}


class Commands(click.Group):
    """Finds a command's module only when the command is called, so that `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"sayso.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading one."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sayso")
def cli() -> None:
    """Reads news pages and rebuilds, for every statement in them, the chain it stands on."""


def _fail(message: str, status: int) -> int:
    print(f"sayso: {' '.join(message.split())}", file=sys.stderr)
    return status


def _run(arguments: list[str] | None) -> int:
    try:
        result = cli.main(args=arguments, prog_name="sayso", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.ClickException as error:
        return _fail(error.format_message(), 2)
    except click.Abort:
        return _fail("interrupted", 130)
    except InvalidSetting as error:
        return _fail(str(error), 2)
    except SaysoError as error:
        return _fail(str(error), 1)
    except BrokenPipeError:
        # The reader of our output has gone; there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return _fail("interrupted; what was written stays", 130)
    except Exception as error:
        # A fault of ours is one line too; where it lies is for whoever asks.
        if os.environ.get("SAYSO_TRACE"):
            raise
        return _fail(f"a fault in sayso ({type(error).__name__}: {error}); SAYSO_TRACE=1 shows where, to report it", 1)


def main(arguments: list[str] | None = None) -> None:
    """Run `sayso`; exits with 0, with 2 for wrong usage, with 1 where the run itself failed."""
    sys.exit(_run(arguments))
