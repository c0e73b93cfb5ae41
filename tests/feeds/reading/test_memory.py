"""What reading adds to a process, and when; slow: the model and five dictionaries are loaded anew."""

import subprocess
import sys

MOST = 120  # MB, of the 200 that a whole process may take

LOADED = """
import psutil
before = psutil.Process().memory_info().rss
from feeds.reading import read
read("xyzzy qwert " * 20, language=None)  # no small words: the model is asked
for code in ("en", "de", "fr", "it", "sl"):
    read("Stellungnahmen observations osservazioni pripombe comments", language=code)
print((psutil.Process().memory_info().rss - before) // 1_000_000)
"""


def test_five_languages_fit_into_their_share_of_a_process() -> None:
    ran = subprocess.run(  # our own text
        [sys.executable, "-c", LOADED], capture_output=True, check=True, text=True
    )
    assert int(ran.stdout) <= MOST


READY = """
import sys
from feeds.reading import lemmas
lemmas.load()
opened = []
sys.addaudithook(lambda what, of: opened.append(of[0]) if what == "open" else None)
print([lemmas.forms("wölfe", code) for code in lemmas.LANGUAGES][1], opened)
"""


def test_what_was_loaded_at_the_start_opens_no_dictionary_later() -> None:
    ran = subprocess.run(  # our own text
        [sys.executable, "-c", READY], capture_output=True, check=True, text=True
    )
    assert ran.stdout == "('wolfe', 'wolf') []\n"
