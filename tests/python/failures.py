"""A worker whose failures are declared in Rust, and that sees those which come from there.

Usage: failures.py ADDRESS TASK_QUEUE
Runs until its stdin ends.
"""

import sys
from datetime import timedelta
from typing import Any, Awaitable

from temporalio import activity, workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError, ChildWorkflowError
from temporalio.worker import Worker

with workflow.unsafe.imports_passed_through():
    from connection import connect, run, until_stdin_ends


def pay(card: str) -> int:
    if card == "stolen":
        raise ApplicationError("no", "it is stolen", 43, "run", type="CardDeclined", non_retryable=True)
    if card == "expired":
        # What is optional may be left out.
        raise ApplicationError("no", "it is expired", 54, type="CardDeclined", non_retryable=True)
    if card == "busy":
        raise ApplicationError("later", type="Busy", non_retryable=True)
    if card == "poor":
        raise ApplicationError("less", {"cents": 5}, type="Limit", non_retryable=True)
    return 7


@activity.defn
async def charge(card: str) -> int:
    return pay(card)


@workflow.defn(name="PythonSale")
class Sale:
    @workflow.run
    async def run(self, card: str) -> int:
        return pay(card)


async def seen(call: Awaitable[int]) -> dict[str, Any]:
    try:
        return {"paid": await call}
    except (ActivityError, ChildWorkflowError) as error:
        cause = error.cause
        assert isinstance(cause, ApplicationError), repr(cause)
        return {
            "message": cause.message,
            "type": cause.type,
            "non_retryable": cause.non_retryable,
            "details": list(cause.details),
        }


@workflow.defn
class CallsCharge:
    """Calls an activity and a child workflow of a Rust worker."""

    @workflow.run
    async def run(self, task_queue: str, card: str) -> dict[str, Any]:
        return {
            "activity": await seen(
                workflow.execute_activity(
                    "charge",
                    card,
                    task_queue=task_queue,
                    start_to_close_timeout=timedelta(seconds=10),
                    retry_policy=RetryPolicy(maximum_attempts=1),
                )
            ),
            "child": await seen(workflow.execute_child_workflow("RustSale", card, task_queue=task_queue)),
        }


async def main(address: str, task_queue: str) -> None:
    worker = Worker(await connect(address), task_queue=task_queue, workflows=[Sale, CallsCharge], activities=[charge])
    async with worker:
        print("ready", flush=True)
        await until_stdin_ends()


if __name__ == "__main__":
    run(main(*sys.argv[1:]))
