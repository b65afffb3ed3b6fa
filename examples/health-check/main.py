"""Checks a list of addresses, and fails when one is not healthy. Settings: README.md.

Exit code: 0 all healthy, 1 at least one is not, 2 wrong settings.
"""

import os
import signal
import sys
import time
from threading import Thread

from probe import Result, create_opener, no_answer, probe
from settings import Settings, SettingsError


def main() -> int:
    signal.signal(signal.SIGTERM, stop)
    try:
        settings = Settings.read(os.environ)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2

    results = check_all(settings)
    for result in results:
        print(result)

    unhealthy = sum(result.problem is not None for result in results)
    environment = os.environ.get("TRIGGER_ENVIRONMENT", "no environment")
    print(f"{environment}: {len(results) - unhealthy} of {len(results)} targets healthy")
    return 1 if unhealthy else 0


def check_all(settings: Settings) -> list[Result]:
    """Asks all targets at the same moment: the check takes as long as the slowest, and never longer
    than the timeout, also where a target sends its answer byte by byte."""
    opener = create_opener()
    results: list[Result | None] = [None] * len(settings.targets)

    def check(index: int) -> None:
        results[index] = probe(settings.targets[index], settings.timeout, opener)

    # Daemon threads, since the program does not wait for one that is still stuck when the time is up.
    threads = [Thread(target=check, args=[index], daemon=True) for index in range(len(results))]
    deadline = time.monotonic() + settings.timeout
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))

    return [
        result or no_answer(target, settings.timeout)
        for target, result in zip(settings.targets, results, strict=True)
    ]


def stop(signal_number: int, frame: object) -> None:
    print("stopped by SIGTERM before all targets had answered", file=sys.stderr)
    sys.exit(128 + signal_number)


if __name__ == "__main__":
    sys.exit(main())
