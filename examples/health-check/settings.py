"""The settings, read once from the environment, with everything that is wrong said at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

MOST_TARGETS = 50
"""All targets are asked at the same moment; beyond this the check would slow itself down."""


class SettingsError(Exception):
    """One line per finding."""


@dataclass(frozen=True)
class Target:
    url: str
    statuses: frozenset[int]
    within: float | None
    """Seconds until the answer begins; None: as long as the timeout."""

    def __str__(self) -> str:
        """The address without its query, which may hold a key."""
        return self.url.split("?", 1)[0]


@dataclass(frozen=True)
class Settings:
    targets: list[Target]
    timeout: float

    @staticmethod
    def read(environment: Mapping[str, str]) -> "Settings":
        findings: list[str] = []

        def setting(name: str, default: str, parse):
            try:
                return parse(environment.get(name) or default)
            except ValueError as error:
                findings.append(f"{name}: {error}")
                return parse(default)

        timeout = setting("TIMEOUT", "5s", parse_duration)
        statuses = setting("EXPECT_STATUS", "200", parse_statuses)
        within = setting("MAX_LATENCY", "", lambda text: parse_duration(text) if text else None)

        lines = list(enumerate(environment.get("TARGETS", "").splitlines(), start=1))
        lines = [(number, line) for number, line in lines if line.strip() and not line.lstrip().startswith("#")]
        if not lines:
            findings.append("TARGETS: give at least one address, one per line")
        if len(lines) > MOST_TARGETS:
            findings.append(f"TARGETS: {len(lines)} addresses, at most {MOST_TARGETS}; split them over several triggers")

        targets: list[Target] = []
        for number, line in lines:
            try:
                targets.append(parse_target(line, statuses, within))
            except ValueError as error:
                findings.append(f"TARGETS line {number}: {error}")

        if findings:
            raise SettingsError("\n".join(findings))
        return Settings(targets, timeout)


def parse_target(line: str, statuses: frozenset[int], within: float | None) -> Target:
    url, *options = line.split()
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise ValueError("an address cannot hold a user name or password")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"'{url}' is not an address such as https://example.com/health")
    if not url.isascii() or not url.isprintable():
        raise ValueError(f"{url!a} holds characters that have to be percent-encoded")

    for option in options:
        name, _, value = option.partition("=")
        if name == "status":
            statuses = parse_statuses(value)
        elif name == "within":
            within = parse_duration(value)
        else:
            raise ValueError(f"'{option}' is not known; after the address there may be status=… and within=…")
    return Target(url, statuses, within)


def parse_duration(text: str) -> float:
    match = re.fullmatch(r"(\d{1,6})(ms|s)", text)
    if not match or int(match[1]) == 0:
        raise ValueError(f"'{text}' is not a duration such as 500ms or 5s")
    return int(match[1]) / (1000 if match[2] == "ms" else 1)


def parse_statuses(text: str) -> frozenset[int]:
    if not re.fullmatch(r"[1-5]\d\d(,[1-5]\d\d)*", text):
        raise ValueError(f"'{text}' is not a list of HTTP statuses such as 200,204")
    return frozenset(int(status) for status in text.split(","))
