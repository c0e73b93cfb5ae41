"""Bytes become a Message: headers, the best text, files; whatever the bytes are."""

import time
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.letterbox.reading import Bounce, Message, read
from tests.advocacy.letterbox.mailing import mail, report

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


def test_who_wrote_to_whom_in_answer_to_what():
    head = read(
        mail(
            "Da.",
            to="a@x.example",
            sender="=?utf-8?q?Jane=C5=BE_Primer?= <Office@SI-07.example>",
            subject="=?utf-8?q?Odg=3A_Rok_=E2=80=93_Pa=C5=A1niki?=",
            Cc="b@x.example",
            In_Reply_To="<call.1.2@alpennetz.example>",
            References="<dossier.1@alpennetz.example> <call.1.2@alpennetz.example>",
        ).as_bytes()
    ).head
    assert (head.sender, head.sender_name) == ("office@si-07.example", "Janež Primer")
    assert head.subject == "Odg: Rok – Pašniki"
    assert head.recipients == "a@x.example b@x.example"
    assert head.answered == ("<call.1.2@alpennetz.example>", "<dossier.1@alpennetz.example>")
    assert not head.automatic
    assert not head.vacation


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
def test_headers_in_plain_letters_are_read(charset: str):
    made = "From: Jürgen Müller <office@at-01.example>\r\nSubject: Für Ana\r\n\r\nJa."
    head = read(made.encode(charset)).head
    assert (head.sender_name, head.sender) == ("Jürgen Müller", "office@at-01.example")
    assert head.subject == "Für Ana"


def test_plain_text_comes_before_html():
    made = mail("Deloma.")
    made.add_alternative("<p>Deloma, v HTML.</p>", subtype="html")
    assert read(made.as_bytes()).body == "Deloma."


def test_html_alone_is_read_as_text_with_its_quotation():
    made = mail("")
    made.clear_content()
    made.set_content(
        "<html><head><style>p {color: red}</style></head><body><p>Deloma.<br>Imamo&nbsp;14 planin.</p>"
        '<div style="display:none">skrito</div>'
        '<div class="gmail_quote"><div class="gmail_attr">V čet., 5. nov. 2026 ob 09:12 je oseba '
        "Alpennetz &lt;office@alpennetz.example&gt; napisala:<br></div>"
        "<blockquote><p>Dober dan</p><ul><li>Da</li></ul></blockquote></div></body></html>",
        subtype="html",
    )
    message = read(made.as_bytes())
    assert message.typed == "Deloma.\nImamo 14 planin."
    assert "> - Da" in message.body
    assert "skrito" not in message.body


def test_html_of_outlook_is_cut_at_its_fields():
    made = mail("")
    made.clear_content()
    made.set_content(
        '<div><p>Nein, danke.</p><hr><div id="divRplyFwdMsg"><b>Von:</b> Alpennetz<br>'
        "<b>Gesendet:</b> Donnerstag<br><b>An:</b> Musterdorf<br><b>Betreff:</b> Frist</div>"
        "<p>Guten Tag</p></div>",
        subtype="html",
    )
    assert read(made.as_bytes()).typed == "Nein, danke."


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("Da, pašniki".encode(), "us-ascii"),
        ("Da, pašniki".encode(), "iso-8859-1"),
        ("Da, pašniki".encode(), "no-such-charset"),
        ("Da, pašniki".encode("cp1250"), "windows-1250"),
        ("Da, pašniki".encode("iso-8859-2"), "iso-8859-2"),
        ("Da, pašniki".encode("utf-16"), "utf-16"),
        ("Da, pašniki".encode("cp1252"), "iso-8859-1"),
    ],
)
def test_a_wrong_charset_does_no_harm(content: bytes, charset: str):
    made = b"From: a@b.example\r\nContent-Type: text/plain; charset=" + charset.encode()
    assert read(made + b"\r\n\r\n" + content).body == "Da, pašniki"


def test_flowed_lines_become_the_paragraph_that_was_typed():
    made = b"Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
    body = b"Ja, wir haben \r\n14 Almen.\r\n> quoted \r\n> on\r\n-- \r\nJosef\r\n"
    assert read(made + body).body == "Ja, wir haben 14 Almen.\n> quoted on\n-- \nJosef"


def test_files_are_found_and_the_logo_of_a_signature_is_not_one():
    made = EmailMessage(policy=SMTP)
    made.set_content("Ja.")
    made.add_alternative('<p>Ja.</p><img src="cid:logo@x">', subtype="html")
    html = made.get_payload(1)
    assert isinstance(html, EmailMessage)
    html.add_related(PNG, "image", "png", cid="<logo@x>", filename="logo.png")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="Sklep š.pdf")
    made.add_attachment(PNG, maintype="image", subtype="png", filename="Foto.png")
    made.add_attachment(b"x", maintype="application", subtype="pgp-signature", filename="s.asc")
    assert [(each.name, each.content) for each in read(made.as_bytes()).attachments] == [
        ("Sklep š.pdf", b"%PDF-1.4"),
        ("Foto.png", PNG),
    ]


def test_a_forwarded_mail_is_a_file_and_its_files_stay_in_it():
    inner = mail("Notranje")
    inner.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    outer = mail("Glej prilogo.")
    outer.add_attachment(inner)
    message = read(outer.as_bytes())
    assert message.body == "Glej prilogo."
    assert [each.name for each in message.attachments] == ["2.eml"]
    assert b"Notranje" in message.attachments[0].content


AWAY = (
    ({"Auto_Submitted": "auto-replied"}, "Re: Rok"),
    ({"X_Autoreply": "yes"}, "Re: Rok"),
    ({"X_Autorespond": "yes"}, "Re: Rok"),
    ({"Precedence": "auto_reply"}, "Re: Rok"),
    ({"Auto_Submitted": "auto-generated"}, "Automatische Antwort: Frist"),
    ({"X_Auto_Response_Suppress": "All"}, "Automatic reply: Deadline"),
    ({"X_Auto_Response_Suppress": "All"}, "Réponse automatique : Délai"),
    ({"X_Auto_Response_Suppress": "All"}, "Risposta automatica: Scadenza"),
    ({"X_Auto_Response_Suppress": "All"}, "Samodejni odgovor: Rok"),
    ({"Precedence": "bulk"}, "Abwesenheitsnotiz"),
    ({}, "Automatische Antwort: Frist"),
)


@pytest.mark.parametrize(("headers", "subject"), AWAY)
def test_a_reply_that_a_machine_wrote_is_an_absence(headers: dict[str, str], subject: str):
    head = read(mail("Ja.", subject=subject, **headers).as_bytes()).head
    assert (head.automatic, head.vacation) == (True, True)


@pytest.mark.parametrize(
    ("headers", "subject"),
    [
        ({"Precedence": "bulk"}, "Rundbrief"),
        ({"List_Id": "<news.example>"}, "Rundbrief"),
        ({"Auto_Submitted": "auto-generated"}, "Ticket 12"),
    ],
)
def test_other_machines_are_no_absence(headers: dict[str, str], subject: str):
    head = read(mail("Ja.", subject=subject, **headers).as_bytes()).head
    assert (head.automatic, head.vacation) == (True, False)


@pytest.mark.parametrize(
    ("headers", "subject"),
    [
        ({"Auto_Submitted": "no"}, "AW: Frist"),
        ({"X_Auto_Response_Suppress": "DR, OOF, AutoReply"}, "AW: Urlaub vom Wolf"),
        ({}, "Re: Odsotnost pastirjev"),
    ],
)
def test_a_person_is_no_machine(headers: dict[str, str], subject: str):
    assert not read(mail("Ja.", subject=subject, **headers).as_bytes()).head.automatic


def test_a_report_names_the_letter_and_the_reason():
    found = read(report("<call.1.2@alpennetz.example>")).bounce
    assert found == Bounce(True, "550 5.1.1 user unknown", ("<call.1.2@alpennetz.example>",))


def test_a_report_of_a_delay_is_not_lasting():
    found = read(report("<call.1.2@alpennetz.example>", action="delayed", said="451 busy")).bounce
    assert found == Bounce(False, "451 busy", ("<call.1.2@alpennetz.example>",))


def test_a_report_without_structure_is_read_too():
    old = (
        b"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nSubject: failure notice\r\n\r\n"
        b"Hi. This is the qmail-send program at mx.example.\r\n\r\n"
        b"<office@si-07.example>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n\r\n"
        b"--- Below this line is a copy of the message.\r\n\r\n"
        b"From: office@alpennetz.example\r\nMessage-ID: <call.1.2@alpennetz.example>\r\n\r\nDober dan\r\n"
    )
    assert read(old).bounce == Bounce(
        True,
        "Sorry, no mailbox here by that name. (#5.1.1)",
        ("<call.1.2@alpennetz.example>",),
    )


def test_a_municipality_that_writes_of_failed_deliveries_is_no_bounce():
    assert read(mail("Ja.", subject="Re: Mail delivery failed").as_bytes()).bounce is None


@given(st.binary(max_size=600))
def test_no_bytes_are_too_strange(content: bytes):
    assert isinstance(read(content), Message)


HEADERS = st.sampled_from(
    [b"From", b"To", b"Subject", b"Content-Type", b"Content-Transfer-Encoding", b"Message-ID",
     b"Content-Disposition", b"References", b"MIME-Version", b"Return-Path"]
)  # fmt: skip
VALUES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [b"multipart/mixed; boundary=x", b"multipart/report; report-type=delivery-status; boundary=x",
         b"multipart/alternative", b"text/html; charset=\xff", b"base64", b"quoted-printable",
         b"message/rfc822", b"message/delivery-status", b"=?utf-8?b?////?=", b"=?x?q?=ff?= <a@b>",
         b"attachment; filename*=utf-9''%ff", b"<a@b", b"text/plain; charset*0=a; charset*1=b"]
    ),
)  # fmt: skip


@given(
    st.lists(st.tuples(HEADERS, VALUES), max_size=8),
    st.lists(
        st.sampled_from(
            [
                b"--x\r\n",
                b"--x--\r\n",
                b"\r\n",
                b"Content-Type: text/html\r\n\r\n<p>",
                b"abc=\xff=C5\r\n",
                b"Content-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n",
                b"Action: failed\r\n",
            ]
        ),
        max_size=12,
    ),
)
def test_no_broken_mail_raises(headers: list[tuple[bytes, bytes]], body: list[bytes]):
    content = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
    message = read(content + b"\r\n" + b"".join(body))
    for text in (message.body, message.typed, message.head.subject, message.head.sender_name):
        assert "\0" not in text
        text.encode()


def test_a_mail_of_deep_nesting_is_kept_and_not_read():
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(3000)
    )
    assert isinstance(read(nested), Message)


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Type: text/plain; " + b"a=b; " * 40_000,
        b"Content-Disposition: attachment; " + b"filename*0=x; " * 20_000,
        b"From: " + b'"a" <' * 60_000,
        b"Subject: " + b"=?utf-8?q?a?= " * 20_000,
    ],
)
def test_a_hostile_header_takes_no_longer_than_others(header: bytes):
    started = time.monotonic()
    assert isinstance(read(header + b"\r\n\r\nDa."), Message)
    assert time.monotonic() - started < 2
