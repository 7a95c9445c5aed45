"""Drives the workflow `Ledger`, which a Rust worker runs: names and arguments only, no types.

Usage: ledger_client.py ADDRESS TASK_QUEUE WORKFLOW_ID
Prints what it saw as one line of JSON.
"""

import json
import sys

from temporalio.client import WorkflowFailureError, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from connection import connect, run


def application(error: BaseException | None) -> dict:
    assert isinstance(error, ApplicationError), repr(error)
    return {
        "message": error.message,
        "type": error.type,
        "non_retryable": error.non_retryable,
        "details": list(error.details),
    }


async def refused(update) -> dict:
    try:
        return {"answer": await update}
    except WorkflowUpdateFailedError as error:
        return application(error.cause)


async def main(address: str, task_queue: str, workflow_id: str) -> None:
    client = await connect(address)
    opening = {"account": "cash", "amount": 10, "note": None, "tags": ["opening", "gift"], "place": {"city": "London"}}
    ledger = await client.start_workflow(
        "Ledger", args=["Ada", opening, b"\x00\xffseal"], id=workflow_id, task_queue=task_queue
    )

    # The last argument is an Option: given, null, absent.
    await ledger.signal("record", args=["cash", 5, "coins"])
    await ledger.signal("record", args=["cash", 7, None])
    await ledger.signal("record", args=["bank", 1])

    seen = {
        "entries": await ledger.query("entries", args=["cash", 7]),
        "first": await ledger.query("first", "cash"),
        "first_of_none": await ledger.query("first", "stocks"),
        "transferred": await ledger.execute_update("transfer", args=["cash", "bank", 4]),
        "refused": await refused(ledger.execute_update("transfer", args=["cash", "bank", -4])),
        "failed": await refused(ledger.execute_update("transfer", args=["cash", "bank", 4000])),
    }

    await ledger.signal("close")
    seal, balances, note = await ledger.result()
    seen["result"] = {"seal": seal, "balances": balances, "note": note}
    seen["seal"] = list(await ledger.query("seal", result_type=bytes))

    failing = await client.start_workflow(
        "Bankrupt", args=["Ada", 3], id=f"{workflow_id}-bankrupt", task_queue=task_queue
    )
    try:
        await failing.result()
    except WorkflowFailureError as error:
        seen["bankrupt"] = application(error.cause)

    print(json.dumps(seen), flush=True)


if __name__ == "__main__":
    run(main(*sys.argv[1:]))
