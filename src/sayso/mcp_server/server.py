"""Serving the tools by the protocol: one process speaks it, another does the work, bounded in time and memory."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from sayso.engines.local import Guard
from sayso.engines.reader import PageReader
from sayso.errors import InvalidSetting, SaysoError
from sayso.version import __version__

from .calls import answer
from .tools import NOTICE, TOOLS, Tool, refusal

if TYPE_CHECKING:
    from anyio import AsyncFile
    from mcp.server.lowlevel import Server

__all__ = ["serve"]

MAX_MESSAGE = 8 * 2**20
"""Bytes of one message."""
TIMEOUT_S = 120.0
ID_WITHIN = 400
"""Bytes at either end of a message too large to be read in which its id is looked for."""
_ID = re.compile(rb'"id"\s*:\s*(-?\d{1,15}|"[\w.-]{1,80}")')
INSTRUCTIONS = (
    "Reads news pages and tells on whose say-so each statement stands. Tools only read: they fetch nothing, open no "
    f"file that a call names, and change nothing. {NOTICE}"
)


class _Messages:
    """Standard input a message at a time; one that is too large is answered, and never held."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source

    def readline(self) -> str:
        """The next message with its line end; empty at the end."""
        line = self._source.readline(MAX_MESSAGE + 1)
        if len(line) <= MAX_MESSAGE:
            return line.decode("utf-8", "replace")
        head = tail = line[:ID_WITHIN]
        while line and not line.endswith(b"\n"):
            tail = line[-ID_WITHIN:]
            line = self._source.readline(MAX_MESSAGE)
        tail = (tail + line)[-ID_WITHIN:]
        found = _ID.search(head) or _ID.search(tail)
        call = {"jsonrpc": "2.0", "method": "tools/call", "params": {"name": "a message too large to be read"}}
        return json.dumps({**call, "id": json.loads(found.group(1))} if found else {}) + "\n"


def serve(case: str | None = None) -> None:
    """Serve until the input ends.

    Args:
        case: path of the case that the tools may ask; None for the tools that need none.

    Raises:
        InvalidSetting: the extra isn't installed, or there is no case.
    """
    try:
        import anyio
        import mcp  # noqa: F401
    except ImportError as error:
        raise InvalidSetting(
            "expected the extra `mcp`, got a Python without it; install it with `pip install sayso[mcp]`"
        ) from error
    if case is not None:
        from sayso.service import Case

        Case(case).store  # noqa: B018  raises where there is none
    # Whatever else writes to standard output must not get between the messages.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    reader = PageReader(Guard(timeout_s=TIMEOUT_S))
    try:
        anyio.run(_run, reader, case, out)
    finally:
        reader.close()


async def _run(reader: PageReader, case: str | None, out: io.TextIOWrapper) -> None:
    import anyio
    from mcp.server.stdio import stdio_server

    given = cast("AsyncFile[str]", anyio.wrap_file(cast("Any", _Messages(sys.stdin.buffer))))
    server = _server(reader, case)
    async with stdio_server(given, anyio.wrap_file(out)) as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def _server(reader: PageReader, case: str | None) -> Server[Any, Any]:
    from mcp import McpError, types
    from mcp.server.lowlevel import Server

    server: Server[Any, Any] = Server("sayso", version=__version__, instructions=INSTRUCTIONS)

    async def listed(request: types.ListToolsRequest) -> types.ServerResult:
        tools = [_listed(tool) for tool in TOOLS if case is not None or not tool.needs_case]
        return types.ServerResult(types.ListToolsResult(tools=tools))

    async def called(request: types.CallToolRequest) -> types.ServerResult:
        name, arguments = request.params.name, request.params.arguments or {}
        refused = refusal(name, arguments, has_case=case is not None)
        if refused:
            raise McpError(types.ErrorData(code=types.INVALID_PARAMS, message=refused))
        done, found = await _asked(reader, name, arguments, case)
        content = [types.TextContent(type="text", text=json.dumps(found, ensure_ascii=False))]
        if done:
            content.insert(0, types.TextContent(type="text", text=NOTICE))
        result = types.CallToolResult(content=[*content], structuredContent=found if done else None, isError=not done)
        return types.ServerResult(result)

    server.request_handlers[types.ListToolsRequest] = listed
    server.request_handlers[types.CallToolRequest] = called
    return server


async def _asked(
    reader: PageReader, name: str, arguments: dict[str, Any], case: str | None
) -> tuple[bool, dict[str, Any]]:
    from anyio import to_thread

    try:
        found: tuple[bool, dict[str, Any]] = await to_thread.run_sync(
            reader.ask, partial(answer, name, arguments, case), abandon_on_cancel=True
        )
    except SaysoError as error:
        return False, {"error": error.kind, "message": str(error)}
    return found


def _listed(tool: Tool) -> Any:
    from mcp import types

    hints = types.ToolAnnotations(
        title=tool.title, readOnlyHint=True, destructiveHint=False, idempotentHint=True, openWorldHint=False
    )
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        inputSchema=tool.given,
        outputSchema=tool.gives,
        annotations=hints,
    )
