"""Files that can't be read are told apart, each in a sentence that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents.files import load, read_file, source_files
from kg.errors import SourceError


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\r\n\t", "is empty"),
        (b"%PDF-1.7\x00\x01", "is not text"),
        ("深圳".encode() + b"\xff", "is not text"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=reason) as caught:
        read_file(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_missing_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(SourceError, match="can't be read"):
            load(path)


def test_line_ends_count_as_they_are_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("深圳市。\r\n\r\n福田区。\r\n".encode())
    source = read_file(path)
    assert list(source.text.offsets) == [0, 1, 2, 3, 8, 9, 10, 11]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_offsets_count_characters_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("深圳市福田区建设产业园。\n\n龙岗区。\n".encode(encoding))
    source = read_file(path)
    assert source.text.chars == "深圳市福田区建设产业园。龙岗区。"
    assert "".join(source.raw[offset] for offset in source.text.offsets) == source.text.chars


def test_a_byte_order_mark_is_no_character_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff深圳市。\n".encode())
    assert read_file(path).text.chars == "深圳市。"


def test_sources_come_in_the_order_of_their_names_and_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "c.md", "seeds.toml", "image.png"):
        (tmp_path / name).write_text("深圳", encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    found = source_files([tmp_path / "b.txt", tmp_path])
    assert [path.name for path in found] == ["a.html", "b.txt", "c.md"]


def test_a_folder_without_documents_and_a_missing_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no document in the folder"):
        source_files([tmp_path])
    with pytest.raises(SourceError, match="no file"):
        source_files([tmp_path / "none"])
