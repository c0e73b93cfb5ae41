"""The check before it leaves: what, to whom, until when, with which files; it has left."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.response import Redirect, Template

from advocacy import clock, texts
from advocacy.approvals.labels import KINDS as ROUND_KINDS
from advocacy.approvals.labels import LABELS as ROUND_LABELS
from advocacy.approvals.rules import RoundState
from advocacy.documents.rules import LARGEST, MEGABYTE
from advocacy.errors import Invalid, Outdated
from advocacy.people.guards import secretariat
from advocacy.positions.forms import clean
from advocacy.positions.forms import number as number_typed
from advocacy.submissions import actions, forms, labels, queries
from advocacy.submissions.leaving.receipts import ReceiptFile, read_file
from advocacy.submissions.queries import Check
from advocacy.submissions.rules import Channel, check_mail_id
from advocacy.templating import address
from advocacy.web.once import once
from advocacy.web.pages import Web, page, person_of, say, to, typed

RECEIPT, AGAIN, BACK = "receipt", "again", "back"
ACTS = frozenset({RECEIPT, AGAIN, BACK})
"""Which form stands open when it has left: one at a time, so that nobody fills in the wrong one."""


@get("/{lang:str}/p/{number:str}/submit", guards=[secretariat])
async def check_page(request: Web, number: FromPath[str]) -> Template:
    return await _check(request, number, opened=request.query_params.get("act", ""))


async def _check(
    request: Web,
    number: str,
    *,
    opened: str = "",
    status: int = 200,
    problems: Mapping[str, object] | None = None,
    form: Mapping[str, str] | None = None,
) -> Template:
    now = clock.now()
    check = await queries.check_of(number, language=texts.language(), now=now)
    return page(
        request,
        "submissions/submit.html",
        status=status,
        now=now,
        check=check,
        adopted=check.held is not None and check.held.state == RoundState.ADOPTED,
        round_label=ROUND_LABELS[RoundState(check.held.state)] if check.held else None,
        round_kind=ROUND_KINDS[RoundState(check.held.state)] if check.held else "",
        labels=labels,
        channels=list(Channel),
        here=now.astimezone(ZoneInfo(check.ground.zone)),
        opened=opened if opened in ACTS else RECEIPT,
        in_files=await queries.signed_as_prepared(check.submission.id) if check.submission else [],
        largest=LARGEST // MEGABYTE,
        problems=problems or {},
        typed=form or {},
    )


@post("/{lang:str}/p/{number:str}/submit/prepare", guards=[secretariat], status_code=200)
async def prepare(request: Web, number: FromPath[str]) -> Template | Redirect:
    form, now, by = await typed(request), clock.now(), person_of(request)
    check = await queries.check_of(number, language=texts.language(), now=now)
    if check.held is None:
        raise Outdated("There is no adopted round on this text")
    try:
        wanted = forms.preparation(form)
        await actions.prepare(
            check.held.id, channel=wanted.channel, language=wanted.language, by=by, now=now
        )
    except Invalid as error:
        return await _check(request, number, status=422, problems=error.fields, form=form)
    say(request, texts.gettext("The files are made. Please open each before it leaves."))
    return to(f"/p/{number}/submit")


@post(
    "/{lang:str}/p/{number:str}/submit",
    guards=[secretariat],
    status_code=200,
    request_max_body_size=LARGEST + MEGABYTE,
)
async def hand_in(request: Web, number: FromPath[str]) -> Template | Redirect:
    form, now, by = await typed(request), clock.now(), person_of(request)
    check = await queries.check_of(number, language=texts.language(), now=now)
    submission = _prepared(check)
    try:
        given = forms.hand_in(form, zone=check.ground.zone)
        file = await _file(request)

        async def act() -> str:
            await actions.hand_in(
                submission, receipt=given.receipt, at=given.at, channel=given.channel,
                mail_id=given.mail_id, file=file, number=given.number, by=by, now=now,
            )  # fmt: skip
            say(request, texts.gettext("It is recorded as handed in."))
            return address(f"/p/{number}/submit")

        return await once(form, act, now=now)
    except Invalid as error:
        return await _check(
            request, number, opened=AGAIN, status=422, problems=error.fields, form=form
        )


def _prepared(check: Check) -> int:
    if check.submission is None:
        raise Outdated("Make the files first")
    return check.submission.id


async def _file(request: Web) -> ReceiptFile | None:
    chosen = (await request.form()).getall("file", [])
    file = next((each for each in chosen if isinstance(each, UploadFile) and each.filename), None)
    return await read_file(file.filename, await file.read(LARGEST + 1)) if file else None


@post(
    "/{lang:str}/p/{number:str}/submit/receipt",
    guards=[secretariat],
    status_code=200,
    request_max_body_size=LARGEST + MEGABYTE,
)
async def record_receipt(request: Web, number: FromPath[str]) -> Template | Redirect:
    form, now, by = await typed(request), clock.now(), person_of(request)
    check = await queries.check_of(number, language=texts.language(), now=now)
    submission = _prepared(check)
    try:
        receipt, mail_id = clean(form.get("receipt", "")), check_mail_id(form.get("mail_id", ""))
        file, time = await _file(request), number_typed(form.get("time", "")) or None

        async def act() -> str:
            await actions.record_receipt(
                submission, receipt, number=time, mail_id=mail_id, file=file, by=by, now=now
            )
            say(request, texts.gettext("The receipt is kept."))
            return address(f"/p/{number}/submit")

        return await once(form, act, now=now)
    except Invalid as error:
        return await _check(request, number, status=422, problems=error.fields, form=form)


@post("/{lang:str}/p/{number:str}/submit/back", guards=[secretariat], status_code=200)
async def take_back(request: Web, number: FromPath[str]) -> Template | Redirect:
    form, now, by = await typed(request), clock.now(), person_of(request)
    check = await queries.check_of(number, language=texts.language(), now=now)
    try:
        await actions.take_back(
            _prepared(check),
            number_typed(form.get("time", "")),
            clean(form.get("reason", "")),
            by=by,
            now=now,
        )
    except Invalid as error:
        return await _check(
            request, number, opened=BACK, status=422, problems=error.fields, form=form
        )
    say(request, texts.gettext("It is recorded as taken back. It stays in the list."))
    return to(f"/p/{number}/submit")


handlers = [check_page, prepare, hand_in, record_receipt, take_back]
