"""Makes the Word files of this folder with LibreOffice: see README.md.

    python make.py copy.docx FOLDER

The copy becomes a flat OpenDocument file, changes are marked in it as Writer marks them, and Writer
saves the result as a Word file.
"""

import subprocess
import sys
from pathlib import Path

LUCA, GIULIA = "Luca Beispiel", "Giulia Esempio"
WHEN = {LUCA: "2026-11-21T09:30:00", GIULIA: "2026-11-22T16:05:00"}


class Changes:
    def __init__(self, document: str) -> None:
        self.document, self.regions = document, []

    def _region(self, kind: str, who: str, inside: str = "", moved: str = "") -> str:
        name = f"ct{len(self.regions) + 1}"
        info = (
            f"<office:change-info><dc:creator>{who}</dc:creator><dc:date>{WHEN[who]}</dc:date>"
            "</office:change-info>"
        )
        self.regions.append(
            f'<text:changed-region xml:id="{name}" text:id="{name}"><text:{kind}{moved}>{info}'
            f"{inside}</text:{kind}></text:changed-region>"
        )
        return name

    def _put(self, old: str, new: str) -> None:
        assert self.document.count(old) == 1, (old, self.document.count(old))
        self.document = self.document.replace(old, new)

    def insert(self, words: str, before: str, who: str) -> None:
        self._put(before, self.inserted(words, who) + before)

    def inserted(self, words: str, who: str, moved: str = "") -> str:
        name = self._region("insertion", who, moved=moved)
        return (
            f'<text:change-start text:change-id="{name}"/>{words}'
            f'<text:change-end text:change-id="{name}"/>'
        )

    def delete(self, words: str, who: str, moved: str = "") -> None:
        name = self._region("deletion", who, f"<text:p>{words}</text:p>", moved)
        self._put(words, f'<text:change text:change-id="{name}"/>')

    def saved(self, folder: Path, name: str) -> None:
        regions = "".join(self.regions)
        tracked = (
            f'<text:tracked-changes text:track-changes="true">{regions}</text:tracked-changes>'
        )
        whole = self.document
        if regions:
            whole = whole.replace("<office:text>", f"<office:text>{tracked}", 1)
        source = folder / f"{name}.fodt"
        source.write_text(whole)
        convert(source, "docx:MS Word 2007 XML", folder)
        source.unlink()


def convert(source: Path, to: str, folder: Path) -> None:
    profile = f"-env:UserInstallation=file://{folder.resolve()}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", to, "--outdir", folder, source]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def main(copy: Path, folder: Path) -> None:
    convert(copy, "fodt", folder)
    original = (folder / f"{copy.stem}.fodt").read_text()
    two = Changes(original)
    two.insert("immer ", "voll zu tragen", LUCA)
    two.delete("Eine Überprüfung", GIULIA)
    two.insert("Eine Bewertung", " wird verlangt.", GIULIA)
    two.delete("Zuletzt steht dies.", GIULIA)
    two.insert(" und Hunde", ' <text:span text:style-name="T4">vor', GIULIA)
    two.insert("Ganz am ", "Ende.", LUCA)
    two.saved(folder, "two_authors")

    plain = Changes(original)
    plain._put("Eine Überprüfung wird", "Eine Prüfung nach drei Jahren wird")
    plain._put("voll zu tragen", "voll und ganz zu tragen")
    plain._put("Überprüfung nach drei Jahren", "Überprüfung nach zwei Jahren")
    plain.saved(folder, "untracked")

    new = Changes(original)
    line = new.document.index("<text:p", new.document.index("Eine Überprüfung wird"))
    words = '<text:p text:style-name="List_20_Paragraph">Die Herden brauchen Schutz.'
    name = new._region("insertion", LUCA)
    new.document = f"{new.document[:line]}{words}</text:p>{new.document[line:]}"
    # The change begins at the end of the paragraph before, as when somebody presses Enter there.
    end = new.document.rindex("</text:p>", 0, line)
    new.document = (
        f'{new.document[:end]}<text:change-start text:change-id="{name}"/>{new.document[end:]}'
    )
    new._put("brauchen Schutz.", f'brauchen Schutz.<text:change-end text:change-id="{name}"/>')
    new.saved(folder, "new_paragraph")

    moved = Changes(original)
    begin = moved.document.rindex("<text:p", 0, moved.document.index('text:name="p-k4"'))
    end = moved.document.index("</text:p>", begin) + len("</text:p>")
    whole = moved.document[begin:end]
    mark = ' loext:move-id="1"'
    first = moved.document.rindex("<text:p", 0, moved.document.index('text:name="p-k3"'))
    gone = moved._region(
        "deletion", LUCA, f'{whole}<text:p text:style-name="List_20_Paragraph"/>', mark
    )
    come = moved._region("insertion", LUCA, moved=mark)
    bare = '<text:p text:style-name="List_20_Paragraph">'
    again = (
        f'{bare}<text:change-start text:change-id="{come}"/>4.<text:tab/>Zuletzt steht dies.'
        f"</text:p>"
    )
    document = moved.document[:begin] + f"@@{gone}@@" + moved.document[end:]
    document = document[:first] + again + document[first:]
    # Both changes reach into the paragraph behind.
    start = document.index(">", document.index("<text:p", first + len(again))) + 1
    document = document[:start] + f'<text:change-end text:change-id="{come}"/>' + document[start:]
    place = document.index(f"@@{gone}@@")
    behind = document.index(">", document.index("<text:h", place)) + 1
    document = document[:behind] + f'<text:change text:change-id="{gone}"/>' + document[behind:]
    moved.document = document.replace(f"@@{gone}@@", "")
    moved.saved(folder, "moved")
    (folder / f"{copy.stem}.fodt").unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
