"""What was handed in, to the byte, and what the body answered."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy import texts
from advocacy.exports.archive.contents import contents
from advocacy.exports.archive.matter import OFFICE_ZONE, Matter, Piece, Section, lines
from advocacy.exports.archive.names import file_name
from advocacy.submissions.labels import CHANNELS, LABELS, SIGNATURES
from advocacy.submissions.leaving.kept import Time, times_of
from advocacy.submissions.rules import SubmissionState
from advocacy.submissions.signing import signed
from advocacy.submissions.tables import Submission, SubmissionFile
from advocacy.texts import gettext

Row = Mapping[str, Any]


async def of_dossier(dossier_id: int) -> list[dict[str, Any]]:
    """The oldest first."""
    held: Any = Submission.round
    return await (
        Submission.select(
            *(Submission.id, Submission.state, Submission.channel, Submission.language),
            *(Submission.submitted, Submission.receipt, Submission.prepared),
            *(Submission.text_hash, held.version.as_alias("version")),
            held.position.as_alias("position"),
        )
        .where(held.position.dossier == dossier_id)
        .order_by(Submission.id)
    )


async def pieces(matter: Matter) -> AsyncIterator[Piece]:
    """Six queries, and one for each 32 MB."""
    rows = await of_dossier(matter.dossier.id)
    files = await _files([row["id"] for row in rows]) if rows else []
    places = {row["id"]: place for place, row in enumerate(rows, start=1)}
    times = await times_of([row["id"] for row in rows])
    for row in rows:
        mine = [each for each in files if each["submission"] == row["id"]]
        yield _receipt(places[row["id"]], row, mine, times.get(row["id"], []))
    if rows:
        async for piece in _signatories(matter, rows[0]["position"]):
            yield piece
    if not matter.sees_files:
        return
    known = {row["id"]: row for row in files}
    when = {row["id"]: row["submitted"] or row["prepared"] for row in rows}
    sizes = [(row["id"], row["size"]) for row in files]
    async for number, content in contents(SubmissionFile, sizes, matter.room):
        row = known[number]
        yield Piece(
            Section.SUBMISSION,
            file_name(f"{places[row['submission']]:02d}", row["name"], "x"),
            content,
            when[row["submission"]],
            row["name"],
            size=row["size"],
            address=f"/p/{matter.dossier.number}/submit",
        )


async def _files(submissions: list[int]) -> list[dict[str, Any]]:
    return await (
        SubmissionFile.select(
            *(SubmissionFile.id, SubmissionFile.submission, SubmissionFile.name),
            *(SubmissionFile.size, SubmissionFile.sha256),
        )
        .where(SubmissionFile.submission.is_in(submissions))
        .order_by(SubmissionFile.id)
    )


async def _signatories(matter: Matter, position: int) -> AsyncIterator[Piece]:
    """Who was asked to sign, and what each said for which text."""
    asked = await signed.of_position(position)
    if not asked:
        return
    said = [
        lines(
            (gettext("Organisation"), each.shown),
            (gettext("State"), texts.translate(SIGNATURES[each.state])),
            (gettext("Answered"), _moment(each.answered, OFFICE_ZONE)),
            (gettext("Remark"), each.remark),
            ("SHA-256", each.text_hash),
        )
        for each in asked
    ]
    title = gettext("Signs beside the network")
    yield Piece(
        Section.SUBMISSION,
        file_name("00", f"{title}.txt", "x"),
        "\n\n".join(said).encode() + b"\n",
        max(each.answered or each.asked or matter.now for each in asked),
        title,
    )


def _moment(at: datetime | None, zone: str) -> str:
    return f"{texts.moment(at, zone)} ({texts.zone_name(zone)})" if at else ""


def _time(time: Time) -> str:
    return lines(
        (gettext("Handed in"), _moment(time.at, time.zone)),
        (gettext("Channel"), texts.translate(CHANNELS[time.channel])),
        (gettext("Late"), gettext("Yes") if time.late else ""),
        (gettext("Recorded by"), time.who),
        (gettext("Receipt"), time.receipt),
        (gettext("Id of the mail"), time.mail_id),
        (gettext("File"), ", ".join(time.files)),
        (gettext("Taken back"), _moment(time.withdrawn, time.zone)),
        (gettext("Why"), time.reason),
    )


def _receipt(place: int, row: Row, files: list[dict[str, Any]], times: Sequence[Time]) -> Piece:
    """The whole, each time that it left, the sums of all files."""
    channel = CHANNELS.get(row["channel"])
    submitted = texts.moment(row["submitted"], OFFICE_ZONE) if row["submitted"] else ""
    facts = lines(
        (gettext("State"), texts.translate(LABELS[SubmissionState(row["state"])])),
        (gettext("Channel"), texts.translate(channel) if channel else row["channel"]),
        (gettext("Language"), texts.language_name(row["language"])),
        (gettext("Version"), row["version"]),
        (gettext("Handed in"), submitted),
        (gettext("Receipt"), "" if times else row["receipt"]),
        ("SHA-256", row["text_hash"]),
    )
    sums = "\n".join(f"{each['sha256']}  {each['name']}" for each in files)
    return Piece(
        Section.SUBMISSION,
        file_name(f"{place:02d}", f"{gettext('Receipt')}.txt", "x"),
        "\n\n".join(part for part in (facts, *map(_time, times), sums) if part).encode() + b"\n",
        row["submitted"] or row["prepared"],
        gettext("Receipt"),
    )
