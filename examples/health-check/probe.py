"""Asks one target, and judges its answer."""

import ssl
import time
from dataclasses import dataclass
from urllib.request import HTTPErrorProcessor, HTTPSHandler, OpenerDirector, Request, build_opener

from settings import Target


@dataclass(frozen=True)
class Result:
    target: Target
    status: int | None
    seconds: float
    problem: str | None
    """None: healthy."""

    def __str__(self) -> str:
        verdict = "FAIL" if self.problem else "ok"
        line = f"{verdict:<4} {self.status or '-':>3} {self.seconds * 1000:6.0f} ms  {self.target}"
        return f"{line}  {self.problem}" if self.problem else line


class EveryStatusIsAnAnswer(HTTPErrorProcessor):
    """Without this urllib raises on 4xx and 5xx, and follows a redirect instead of reporting it."""

    def http_response(self, request, response):
        return response

    https_response = http_response


def create_opener() -> OpenerDirector:
    # One TLS context for all: each would read the certificate authorities anew, several MB at a time.
    return build_opener(EveryStatusIsAnAnswer, HTTPSHandler(context=ssl.create_default_context()))


def probe(target: Target, timeout: float, opener: OpenerDirector) -> Result:
    """The time taken is until the answer begins; its body is not read."""
    request = Request(target.url, headers={"User-Agent": "health-check", "Accept": "*/*"})
    started = time.monotonic()
    try:
        with opener.open(request, timeout=timeout) as answer:
            status, seconds = answer.status, time.monotonic() - started
    except Exception as error:  # whatever it is, one target must not hide the others
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            return no_answer(target, timeout)
        text = getattr(reason, "strerror", None) or reason
        return Result(target, None, time.monotonic() - started, f"{type(reason).__name__}: {text}")
    return Result(target, status, seconds, judge(target, status, seconds))


def no_answer(target: Target, timeout: float) -> Result:
    return Result(target, None, timeout, f"no answer within {timeout:g} s")


def judge(target: Target, status: int, seconds: float) -> str | None:
    if status not in target.statuses:
        return f"expected {' or '.join(str(expected) for expected in sorted(target.statuses))}"
    if target.within and seconds > target.within:
        return f"slower than {target.within * 1000:.0f} ms"
    return None
