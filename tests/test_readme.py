"""What README says, this holds: its commands give what it shows, and the files and rooms that it names are there."""

from __future__ import annotations

import re
import shlex
import socket
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import pytest

from kg.cli import main
from tests.server.service import Service

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"```console\n(?P<body>.*?)```", re.S)
_TREE = re.compile(r"^(?P<path>[\w./-]+)\s{2,}\S", re.M)


def _cases() -> list[tuple[str, str]]:
    """Each command that README shows with the output that it shows for it."""
    found: list[tuple[str, str]] = []
    for block in _BLOCK.finditer(README):
        for part in re.split(r"^\$ ", block["body"], flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def _holds(shown: str, printed: str) -> bool:
    """Whether the output is what is shown, where … stands for anything."""
    pattern = ".*?".join(re.escape(piece) for piece in shown.strip().split("…"))
    return re.fullmatch(pattern, printed.strip(), re.S) is not None


def _fetched(url: SplitResult, port: int) -> str:
    """What ``curl`` prints, which sends an address as it is typed."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        client.sendall(f"GET {url.path}?{url.query} HTTP/1.0\r\nHost: {url.netloc}\r\n\r\n".encode())
        with client.makefile("rb") as answer:
            return answer.read().partition(b"\r\n\r\n")[2].decode()


@pytest.mark.parametrize(("command", "shown"), _cases(), ids=[command for command, _ in _cases()])
def test_a_command_prints_what_readme_shows(
    command: str, shown: str, store_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    words = shlex.split(command)
    if words[0] == "curl":
        with Service(store_folder) as service:
            printed = _fetched(urlsplit(words[-1]), service.port)
    else:
        assert main([*words[1:], "--store", str(store_folder)]) == 0
        printed = capsys.readouterr().out
    assert _holds(shown, printed), printed


def test_readme_shows_five_questions_at_least() -> None:
    assert len(_cases()) >= 5


def test_every_file_in_the_map_is_there() -> None:
    tree = README.partition("## The house")[2]
    named = [match["path"] for match in _TREE.finditer(tree)]
    assert len(named) > 15
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_both_commands_are_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z-]+)", README):
        assert re.search(rf"^{target}:", makefile, re.M), target
