"""A worker of workflows and activities that Rust programs call, and that call Rust.

Usage: worker.py ADDRESS TASK_QUEUE
Runs until its stdin ends.
"""

import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Optional

from temporalio import activity, workflow
from temporalio.exceptions import ActivityError, ApplicationError, ChildWorkflowError
from temporalio.worker import Worker

with workflow.unsafe.imports_passed_through():
    from connection import connect, run, until_stdin_ends


@dataclass
class Price:
    amount: int
    currency: str


@dataclass
class Offer:
    article: str
    price: Price
    remark: Optional[str]


@activity.defn
async def appraise(article: str, count: int, remark: Optional[str] = None) -> Offer:
    return Offer(article, Price(count * 3, "EUR"), remark)


@activity.defn
async def reverse(data: bytes) -> bytes:
    return data[::-1]


@activity.defn
async def refuse(reason: str, code: int) -> None:
    raise ApplicationError(reason, {"code": code}, type="Refused", non_retryable=True)


@workflow.defn
class Basket:
    """Counts articles until it is closed."""

    @workflow.init
    def __init__(self, owner: str, voucher: Optional[Price] = None) -> None:
        self.articles: dict[str, int] = {}
        self.closed = False

    @workflow.run
    async def run(self, owner: str, voucher: Optional[Price] = None) -> Offer:
        await workflow.wait_condition(lambda: self.closed)
        if not self.articles:
            raise ApplicationError(f"{owner} bought nothing", {"owner": owner}, type="Empty", non_retryable=True)
        reduction = voucher.amount if voucher else 0
        total = sum(self.articles.values()) * 3 - reduction
        return Offer("+".join(sorted(self.articles)), Price(total, "EUR"), None)

    @workflow.signal
    def add(self, article: str, count: int, note: Optional[str] = None) -> None:
        self.articles[article if note is None else f"{article} ({note})"] = count

    @workflow.signal
    def close(self) -> None:
        self.closed = True

    @workflow.query
    def count(self, article: str, default: int) -> int:
        return self.articles.get(article, default)

    @workflow.query
    def any_article(self) -> Optional[str]:
        return next(iter(self.articles), None)

    @workflow.update
    async def replace(self, old: str, new: str, count: int) -> int:
        if old not in self.articles:
            raise ApplicationError(f"no {old}", type="Missing")
        before = self.articles.pop(old)
        self.articles[new] = count
        return before

    @replace.validator
    def check_replace(self, old: str, new: str, count: int) -> None:
        if count <= 0:
            raise ApplicationError(f"{count} of {new}", type="InvalidCount")


def reason(error: BaseException | None) -> dict[str, Any]:
    assert isinstance(error, ApplicationError), repr(error)
    return {"message": error.message, "type": error.type, "details": list(error.details)}


@workflow.defn
class CallsRust:
    """Calls activities and a child workflow of a Rust worker."""

    @workflow.run
    async def run(self, task_queue: str) -> dict[str, Any]:
        def call(name: str, *args: Any, result_type: Optional[type] = None) -> Any:
            return workflow.execute_activity(
                name,
                args=args,
                task_queue=task_queue,
                result_type=result_type,
                start_to_close_timeout=timedelta(seconds=10),
            )

        seen: dict[str, Any] = {
            "measured": await call("measure", "a line", 2, {"unit": "mm", "digits": None}),
            "measured_without": await call("measure", "a line", 2),
            "hashed": list(await call("checksum", b"\x01\xfe\x03", result_type=bytes)),
            "nothing": await call("nothing"),
        }
        try:
            await call("reject", "too long", 7)
        except ActivityError as error:
            seen["rejected"] = reason(error.cause)

        child = await workflow.start_child_workflow(
            "Half", args=[12, None], id=f"{workflow.info().workflow_id}-half", task_queue=task_queue
        )
        await child.signal("go", args=["now", 1])
        seen["half"] = await child
        try:
            await workflow.execute_child_workflow(
                "Half", args=[13], id=f"{workflow.info().workflow_id}-odd", task_queue=task_queue
            )
        except ChildWorkflowError as error:
            seen["odd"] = reason(error.cause)
        return seen


async def main(address: str, task_queue: str) -> None:
    worker = Worker(
        await connect(address),
        task_queue=task_queue,
        workflows=[Basket, CallsRust],
        activities=[appraise, reverse, refuse],
    )
    async with worker:
        print("ready", flush=True)
        await until_stdin_ends()


if __name__ == "__main__":
    run(main(*sys.argv[1:]))
