"""Mail and saved pages: the text inside, whatever it is packed in."""

import datetime as dt
import io
from email.headerregistry import Address
from email.message import EmailMessage
from email.mime.text import MIMEText
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.documents import Document
from miner.pipeline import mine_document
from tests.originals import SEEDS, figures, lines, original, read

TEXT = "园区现有企业66家，同比增长12.4%。"


def mail(text: str = TEXT, subject: str = "简报") -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("办公室", "office", "example.org")
    message["Subject"] = subject
    message["Date"] = "Sun, 31 Mar 2024 23:30:00 +0800"
    message.set_content(text)
    return message


def only(data: bytes, name: str = "a.eml") -> Document:
    documents, problems = read(data, name)
    assert problems == []
    assert len(documents) == 1
    return documents[0]


@pytest.mark.parametrize("cte", ["8bit", "base64", "quoted-printable"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_a_seed_as_mail_gives_the_same_figures(seed: Path, charset: str, cte: str) -> None:
    """Its first line is the subject, which names nothing; line ends stay, so that nothing is lost."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "转发"
    message.set_content(original(seed).text, charset=charset, cte=cte)
    rows = figures(original(seed))
    assert figures(only(message.as_bytes())) == rows


def test_subject_body_and_date_are_read() -> None:
    document = only(mail().as_bytes())
    assert lines(document.text) == ["简报", TEXT]
    assert document.date == dt.date(2024, 3, 31)
    assert document.wrapped
    assert [row.place for row in mine_document(document)] == ["body", "body"]


@pytest.mark.parametrize("charset", ["gb2312", "gbk", "gb18030", "big5", "utf-8"])
def test_subjects_in_any_encoding(charset: str) -> None:
    subject = "園區簡報第三期：進出口總額139.7億元" if charset == "big5" else "园区简报第三期：进出口总额139.7亿元"
    part = MIMEText(TEXT, "plain", "utf-8")
    part["Subject"] = "x"
    encoded = str(MIMEText(subject, "plain", charset).get_payload()).replace("\n", "")
    data = part.as_bytes().replace(b"Subject: x", f"Subject: =?{charset}?B?{encoded}?=".encode())
    assert lines(only(data).text)[0] == subject


@pytest.mark.parametrize("charset", ["gb18030", "utf-8"])
def test_subjects_that_nobody_encoded(charset: str) -> None:
    subject = "园区工作简报第三期：进出口总额139.7亿元"
    data = b"Subject: " + subject.encode(charset) + b"\nDate: x\n\n" + TEXT.encode(charset)
    document = only(data)
    assert lines(document.text) == [subject, TEXT]
    assert document.date is None


def test_plain_text_goes_before_html_and_html_before_nothing() -> None:
    message = mail()
    message.add_alternative(f"<p>{TEXT}</p><p>HTML</p>", subtype="html")
    assert lines(only(message.as_bytes()).text) == ["简报", TEXT]
    page = EmailMessage(policy=SMTP)
    page["Subject"] = "简报"
    page.set_content(
        f"<div><b>{TEXT}</b></div><table><tr><td>产业</td><td>产值</td></tr><tr><td>医药</td><td>1</td></tr></table>",
        subtype="html",
    )
    document = only(page.as_bytes())
    assert lines(document.text) == ["简报", TEXT, "产业\t产值", "医药\t1"]
    assert len(document.tables) == 1
    assert not document.wrapped


def test_a_declared_encoding_that_is_wrong_does_not_win() -> None:
    data = mail().as_bytes().replace(b'charset="utf-8"', b'charset="gb2312"')
    assert lines(only(data).text) == ["简报", TEXT]


def test_flowed_text_is_joined_at_its_depth() -> None:
    message = mail("园区现有企业 \r\n66 家。\r\n> 党员 \r\n> 478 名。\r\n-- \r\n办公室")
    message.set_param("format", "flowed")
    assert lines(only(message.as_bytes()).text) == ["简报", "园区现有企业 66 家。", "> 党员 478 名。", "--", "办公室"]


def test_blank_lines_part_paragraphs() -> None:
    assert only(mail("企业66家\n\n党员478名").as_bytes()).text == "简报\n企业66家\n\n党员478名\n"


# Attachments


def attach(message: EmailMessage, name: str, data: bytes, kind: str = "application/octet-stream") -> None:
    main, sub = kind.split("/")
    message.add_attachment(data, main, sub, filename=name)


def test_attachments_are_files_of_their_own() -> None:
    message = mail()
    attach(message, "附件一.txt", "党员478名。".encode("gb18030"))
    attach(message, "b.html", b"<p>36\xe5\xae\xb6\xe3\x80\x82</p>", "text/html")
    attach(message, "c.bin", b"\x00\x01\x02\x03" * 99)
    documents, problems = read(message.as_bytes(), "a.eml")
    assert [(document.source, lines(document.text)[-1]) for document in documents] == [
        ("a.eml", TEXT),
        ("a.eml/附件一.txt", "党员478名。"),
        ("a.eml/b.html", "36家。"),
    ]
    assert [problem.split(":")[0] for problem in problems] == ["a.eml/c.bin"]


def test_names_of_attachments_lead_nowhere_and_differ() -> None:
    message = mail()
    for name in ("../../etc/a.txt", "a\x00b.txt", "c.txt", "c.txt", "..", "C:\\d\\e.txt"):
        attach(message, name, TEXT.encode())
    sources = [document.source for document in read(message.as_bytes(), "a.eml")[0]][1:]
    assert len(set(sources)) == 6
    assert all(source.count("/") == 1 and ".." not in source.split("/") and "\x00" not in source for source in sources)


def test_pictures_that_the_page_shows_are_no_attachments() -> None:
    message = mail()
    message.add_attachment(b"\x89PNG\r\n\x1a\n", "image", "png", filename="logo.png", cid="<a>")
    assert lines(only(message.as_bytes()).text) == ["简报", TEXT]


def test_mails_in_mails_are_read_to_a_depth() -> None:
    message = mail("第0层，企业60家。")
    for depth in range(1, 6):
        outer = mail(f"第{depth}层，企业6{depth}家。")
        outer.add_attachment(message)
        message = outer
    documents, problems = read(message.as_bytes(), "a.eml")
    assert [document.source.count("/") for document in documents] == [0, 1, 2, 3]
    assert len(problems) == 1
    assert "save it by itself" in problems[0]


@pytest.mark.parametrize(
    "data",
    [
        "".join(f"Content-Type: multipart/mixed; boundary=a{n}\n\n--a{n}\n" for n in range(3000)),
        "Content-Type: message/rfc822\n\n" * 3000,
        "Subject: " + "=?gb2312?B?" * 5000 + "\n\nx",
        "Subject: =?no-such-thing?B?vPKxqA==?=\n\nx",
        "Content-Type: text/plain; charset=no-such-thing\n\nx",
        "Content-Type: multipart/mixed\n\nx",
        "Content-Transfer-Encoding: base64\nSubject: a\n\n!!!!",
        "Date: Mon, 99 Foo 99999999 99:99:99 +9999\n\nx",
    ],
    ids=[
        "nested parts",
        "nested mails",
        "half words",
        "odd subject",
        "odd text",
        "no boundary",
        "no base64",
        "no date",
    ],
)
def test_hostile_mail_is_read_or_named(data: str) -> None:
    documents, problems = read(data.encode(), "a.eml")
    assert len(documents) + len(problems) >= 1


@given(st.binary(max_size=300))
def test_any_bytes_are_mail_or_named(data: bytes) -> None:
    for head in (b"", b"Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"):
        documents, problems = read(head + data, "a.eml")
        assert len(documents) + len(problems) >= 1


def test_what_is_no_mail_is_named() -> None:
    assert read("园区现有企业66家。".encode(), "a.eml") == (
        [],
        ["a.eml: left out: this is no mail: it begins with no header"],
    )


# Saved pages


def saved(page: str, charset: str = "utf-8", cte: str = "quoted-printable") -> bytes:
    """Pack a page as Chrome does."""
    part = EmailMessage(policy=SMTP)
    part.set_content(page, subtype="html", charset=charset, cte=cte)
    picture = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    head = b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"; type="text/html"\r\n\r\n'
    buffer = io.BytesIO()
    buffer.write(head + b"--b\r\n" + part.as_bytes() + b"\r\n--b\r\n" + picture + b"--b--\r\n")
    return buffer.getvalue()


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_a_seed_in_a_saved_page_gives_the_same_figures(seed: Path, charset: str) -> None:
    """Blank lines and blanks that indent are lost; of seed 002, also the links of its page, which state no figure."""
    page = "".join(f"<p>{line}</p>" for line in lines(original(seed).text.replace("<", "&lt;")))
    rows = figures(only(saved(f"<html><body>{page}</body></html>", charset), "a.mhtml"))
    assert rows == figures(original(seed))


def test_the_place_in_a_saved_page_is_a_line_of_the_page() -> None:
    document = only(saved(f"<html>\n<body>\n<p>{TEXT}</p>\n</body></html>"), "a.mht")
    assert {row.place for row in mine_document(document)} == {"line 3"}


@pytest.mark.parametrize(
    "data", [b"", b"From: <Saved by Blink>\n\nx", b"Content-Type: image/png\n\nx"], ids=["empty", "no part", "picture"]
)
def test_a_saved_page_without_a_page_is_named(data: bytes) -> None:
    assert read(data, "a.mhtml") == ([], ["a.mhtml: left out: this holds no page; save it again from the browser"])
