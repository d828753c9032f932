"""The page with sent mail reads files that may hold anything, and shows it as text."""

import os
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.filebased import EmailBackend
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vecozo_portal.demo.sent_mail import mail_of, newest_mails

LIST = "/demo/verzonden-mail/"
STEM = "20260102-030405-140"


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def written(folder, content, stem=STEM):
    (folder / f"{stem}.log").write_bytes(content)
    return f"{stem}-0"


def mail(subject="Uw account is geblokkeerd", text="Beste Anna", **headers):
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "portaal@portaal.example", "anna@noord.example"
    for name, value in headers.items():
        message[name] = value
    message.set_content(text)
    return message.as_bytes()


def text_of(folder, mail_id):
    found = mail_of(folder, mail_id)
    assert found
    return found.text


def send(folder, *subjects):
    EmailBackend(file_path=folder).send_messages(
        [EmailMultiAlternatives(subject, "tekst", "van@portaal.example", ["aan@noord.example"]) for subject in subjects]
    )


def test_what_the_mail_backend_wrote_is_listed_and_opens(client, folder):
    send(folder, "Eerste – blokkade", "Tweede")
    page = client.get(LIST).content.decode()
    assert page.index("Tweede") < page.index("Eerste – blokkade")
    shown = [client.get(f"{LIST}{mail.mail_id}/") for mail in newest_mails(folder)]
    assert [answer.status_code for answer in shown] == [200, 200]
    assert "aan@noord.example" in shown[0].content.decode()


def test_newest_files_come_first_and_a_hundred_are_shown(folder):
    for second in range(120):
        written(folder, mail(f"Mail {second}"), f"20260102-03{second // 60:02d}{second % 60:02d}-7")
    mails = newest_mails(folder)
    assert len(mails) == 100
    assert mails[0].subject == "Mail 119"


def test_an_empty_or_missing_folder_is_an_empty_page(client, settings, tmp_path):
    for folder in (tmp_path, tmp_path / "not-there"):
        settings.EMAIL_FILE_PATH = folder
        assert client.get(LIST).status_code == 200


@pytest.mark.parametrize(
    "tried",
    [
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/portal.env",
        f"{STEM}-0%00",
        f"{STEM}-0%0a",
        f"{STEM}.log",
        f"{STEM}-0/../../geheim",
        f"{STEM}-99",
        "20260102-030405-0-0",
        "0" * 5000,
        "²0260102-030405-140-0",
    ],
)
def test_no_address_leads_out_of_the_folder(client, folder, tried):
    written(folder, mail())
    (folder.parent / "geheim").write_text("geheim")
    assert client.get(f"{LIST}{tried}/").status_code == 404


def test_links_folders_and_other_names_are_no_mail(folder):
    secret = folder.parent / f"{STEM}.elsewhere"
    secret.write_bytes(mail("Geheim"))
    (folder / f"{STEM}.log").symlink_to(secret)
    (folder / "20260102-030405-141.log").mkdir()
    (folder / "portal.env").write_bytes(mail("Geheim"))
    os.mkfifo(folder / "20260102-030405-142.log")
    assert newest_mails(folder) == []
    assert mail_of(folder, f"{STEM}-0") is None


def test_the_html_part_is_never_shown_and_the_text_is_escaped(client, folder):
    message = EmailMessage()
    message["Subject"] = "<script>alert(1)</script>"
    message.set_content("<img src=x onerror=alert(2)> & wie u bent")
    message.add_alternative("<b>alleen in html</b>", subtype="html")
    mail_id = written(folder, message.as_bytes())
    for address in (LIST, f"{LIST}{mail_id}/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "alleen in html" not in page
    assert "&lt;img src=x" in page


def test_a_mail_with_html_alone_has_no_text(folder):
    message = EmailMessage()
    message.set_content("<p>html</p>", subtype="html")
    mail_id = written(folder, message.as_bytes())
    assert text_of(folder, mail_id) == ""


def test_direction_and_control_characters_are_taken_out(folder):
    mail_id = written(folder, mail(text="rekening \u202e0001\u202c\u0007\u001b[31m"))
    assert text_of(folder, mail_id).strip() == "rekening 0001[31m"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\xff\xfe",
        b"Subject: =?utf-8?b?!!!?=\n\ntekst",
        b"Subject: =?no-such-charset?q?x?=\n\ntekst",
        b"Content-Type: text/plain; charset=no-such-charset\n\ntekst \xff",
        b'Content-Type: text/plain; charset="utf-8\n\n\n\0"\n\ntekst',
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!",
        b"Content-Type: multipart/mixed\n\ngeen grens",
        b"Content-Type: message/rfc822\n\nSubject: binnen\n\ntekst",
        b"Date: Fri, 31 Dec 9999 23:59:59 -2300\n\ntekst",
        b"Date: Mon, 1 Jan 0001 00:00:00 +2300\n\ntekst",
        b"From: " + b"<" * 5000 + b"\n\ntekst",
    ],
)
def test_a_broken_mail_breaks_no_page(client, folder, content):
    mail_id = written(folder, content)
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}{mail_id}/").status_code == (200 if content.strip() else 404)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=timedelta(seconds=5))
@given(
    header=st.sampled_from([b"Subject", b"From", b"To", b"Date", b"Content-Type", b"Content-Transfer-Encoding"]),
    value=st.binary(max_size=80),
    body=st.binary(max_size=200),
)
def test_any_bytes_can_be_read(tmp_path, header, value, body):
    written(tmp_path, header + b": " + value + b"\n\n" + body)
    for found in newest_mails(tmp_path):
        assert "\x00" not in found.subject + found.text


def test_without_demo_there_is_no_such_page(client, folder, settings):
    mail_id = written(folder, mail())
    assert client.get(LIST).status_code == 200
    settings.PORTAL_DEMO = False
    assert client.get(LIST).status_code == 404
    assert client.get(f"{LIST}{mail_id}/").status_code == 404


def test_in_a_production_there_is_no_such_page(client, folder, settings):
    settings.PORTAL_ENVIRONMENT = "production"
    assert client.get(LIST).status_code == 404


def test_where_mail_is_really_sent_there_is_no_such_page(client, settings):
    settings.EMAIL_FILE_PATH = None
    assert client.get(LIST).status_code == 404


def test_the_page_only_shows(client, folder):
    assert client.post(LIST).status_code == 405
