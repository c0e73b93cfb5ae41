import re

from advocacy import texts
from advocacy.settings import ROOT
from advocacy.templating import environment

LOOP = "{% for name in names %}{{ _('%(name)s is 100%% sure', name=name) }} {% endfor %}"
BLOCK = "{% trans name=names[0] %}Dear {{ name }}{% endtrans %}"


def page(source: str, names: list[str]) -> str:
    with texts.speaking("en"):
        return environment.from_string(source).render(names=names)


def test_a_message_in_a_loop_says_each_value_and_escapes_it():
    assert page(LOOP, ["Ana", "<b>"]) == "Ana is 100% sure &lt;b&gt; is 100% sure "
    assert page(BLOCK, ["<b>"]) == "Dear &lt;b&gt;"


def test_a_message_in_a_text_letter_is_not_escaped():
    plain = "{% autoescape false %}" + LOOP + "{% endautoescape %}"
    assert page(plain, ["Ana & Luca"]) == "Ana & Luca is 100% sure "


def test_a_message_is_said_in_the_language_in_use():
    with texts.speaking("de"):
        assert environment.from_string("{{ _('Inbox') }}").render() == texts.gettext("Inbox")
        assert texts.gettext("Inbox") != "Inbox"


def test_the_secret_address_of_a_calendar_is_not_printed():
    sheet = (ROOT / "templates" / "assets" / "app.css").read_text()
    printed = re.findall(r"([^\n{]+)::after \{\s*content: \" \(\" attr\(href\)", sheet)
    assert [each.strip() for each in printed] == ['a[href^="http"]:not([href$=".ics"])']
