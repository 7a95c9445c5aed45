"""How the programs here reach the service of the tests, and how long they live."""

import asyncio
import os
import sys
from typing import Any, Coroutine

from temporalio.client import Client
from temporalio.envconfig import ClientConfig


async def connect(address: str) -> Client:
    """A client of the service at this address, all else as the TEMPORAL_* variables say."""
    config = ClientConfig.load_client_connect_config()
    config["target_host"] = address
    return await Client.connect(**config)


async def until_stdin_ends() -> None:
    """Returns when the test closes stdin, or is gone."""
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    await reader.read()


def run(program: Coroutine[Any, Any, None]) -> None:
    """Runs the program and ends the process."""
    asyncio.run(program)
    sys.stdout.flush()
    # The SDK has threads of its own, which abort the process if they come too late to an interpreter that winds up.
    os._exit(0)
