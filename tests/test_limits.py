"""The limits: each can be set, one that is hit is named with the option that allows more, and with that the input is read."""

import io
import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from miner.cli.app import app
from openpyxl import Workbook
from typer.testing import CliRunner

import miner
from miner.documents import Document
from miner.files import Input
from miner.limits import MEANINGS
from miner.readers import File, read_file
from tests.test_docx import p, r, word
from tests.test_pdf import draw
from tests.test_readers import archive

SENTENCE = "园区现有企业66家。"
TEXTS = archive({"a.txt": "".join(f"{n}年有企业66家。\n" for n in range(200_000)), "b.txt": SENTENCE})


def workbook() -> bytes:
    book, file = Workbook(), io.BytesIO()
    book.worksheets[0].append(["园区", "企业(家)"])
    book.worksheets[0].append(["滨海园区", "66"])
    book.save(file)
    return file.getvalue()


def mail(inner: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = "简报"
    message.set_content(SENTENCE)
    message.add_attachment(inner, maintype="application", subtype="octet-stream", filename="a.eml")
    return message.as_bytes()


PAGES = draw([(72, 72, "企业1家。")], [(72, 72, "企业2家。")])
# The limit, set so low that the file is beyond it; the file; the limit that its message has to ask for.
BEYOND = {
    "file": (1, "a.txt", SENTENCE.encode(), "26"),
    "unpacked": (1 << 20, "a.zip", TEXTS, "6MB"),
    "member": (1 << 20, "a.zip", TEXTS, "6MB"),
    "members": (1, "a.zip", TEXTS, "2"),
    "ratio": (1, "a.zip", TEXTS, r"\d+"),
    "depth": (1, "a.zip", archive({"in.zip": archive({"a.txt": SENTENCE})}), "2"),
    "workbook": (1, "a.xlsx", workbook(), r"\d+"),
    "cells": (3, "a.xlsx", workbook(), "N"),
    "word": (1, "a.docx", word(p(r(SENTENCE))), "239"),
    "pages": (1, "a.pdf", PAGES, "2"),
    "characters": (1, "a.pdf", PAGES, "N"),
    "attributes": (1, "a.html", f'<p id="a" class="b">{SENTENCE}</p>'.encode(), "2"),
}


def read(name: str, data: bytes, limits: miner.Limits) -> tuple[list[str], list[str]]:
    """Return the texts and the problems of a file."""
    loaded = Input(name, len(data), None, data).load(limits=limits)
    told = list(read_file(loaded)) if isinstance(loaded, File) else [loaded]
    return [d.text for d in told if isinstance(d, Document)], [str(d) for d in told if isinstance(d, miner.Problem)]


@pytest.mark.parametrize("limit", MEANINGS)
def test_one_that_is_hit_is_named_with_the_option_that_allows_more(limit: str) -> None:
    low, name, data, needed = BEYOND[limit]
    _, problems = read(name, data, miner.limits_of([f"{limit}={low}"]))
    (problem,) = [problem for problem in problems if "--limit" in problem]
    option = re.search(rf"or allow more: --limit ({limit}=({needed}))$", problem)
    assert option, problem
    value = {"N": "1000", "239": "1MB"}.get(option[2], option[2])  # of the parts of a Word document the first is met
    texts, problems = read(name, data, miner.limits_of([f"{limit}={value}"]))
    assert (bool(texts), problems) == (True, [])


@pytest.mark.parametrize("depth", [1, 2])
def test_mails_in_mails_are_read_to_the_limit(depth: int) -> None:
    data = mail(mail(mail(mail(b"Subject: x\n\nx"))))
    texts, problems = read("a.eml", data, miner.Limits(depth=depth))
    assert len(texts) == depth + 1
    assert problems[0].endswith(f"save it by itself, or allow more: --limit depth={depth + 1}")


@pytest.mark.parametrize(
    ("written", "value"),
    [("file=1000", 1000), ("file=2KB", 2048), ("file = 1,000 mb", 1000 << 20), ("file=3GB", 3 << 30), ("pages=7", 7)],
)
def test_they_are_written_with_units(written: str, value: int) -> None:
    assert getattr(miner.limits_of([written]), written[:5].strip(" =")) == value


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("fil=1GB", "'fil=1GB': there is no such limit; there are file, unpacked, "),
        ("file", "'file': write file as 500MB or 2GB"),
        ("file=-1", "'file=-1': write file as 500MB or 2GB"),
        ("file=１", "'file=１': write file as 500MB or 2GB"),
        ("pages=1MB", "'pages=1MB': write pages as a whole number"),
        ("pages=0", "the limit pages is at least 1"),
    ],
)
def test_what_is_none_is_refused(tmp_path: Path, written: str, message: str) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(tmp_path), "--limit", written])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"miner: --limit: {message}")


@pytest.mark.parametrize("command", [["extract"], ["audit"], ["report", "-o", "-"], ["lexicon", "suggest"]])
def test_every_command_keeps_them(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "a.zip").write_bytes(TEXTS)
    (tmp_path / "b.txt").write_text(SENTENCE, encoding="utf-8")
    result = CliRunner().invoke(app, [*command, str(tmp_path), "--limit", "members=1"])
    assert result.exit_code == 1
    assert "a.zip: left out: this archive holds 2 files, more than 1" in result.stderr


def test_the_page_lists_each_with_its_default() -> None:
    page = Path("docs/promises.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\S+) \| (.+) \|$", page, re.MULTILINE)
    defaults = dict(setting.split("=") for setting in str(miner.Limits()).split(", "))
    assert rows == [(name, defaults[name], meaning) for name, meaning in MEANINGS.items()]
