import re
from dataclasses import replace

import pytest

from advocacy import translator as translators
from advocacy.settings import Settings, read
from advocacy.translator import ChatModel, LibreTranslate, NoTranslation, translator
from tests.advocacy.translations.machine import machine

pytestmark = pytest.mark.anyio

WORDS = ["Großraubtiere", "Voller Ersatz der Kosten"]
FRENCH = ["Grands prédateurs", "Remboursement intégral"]


def test_there_is_none_unless_the_operator_names_one():
    assert translator(Settings()) is None
    named = read({"ALPHORN_TRANSLATOR_URL": "http://localhost:5000/"})
    assert translator(named) == LibreTranslate("http://localhost:5000")
    named = replace(named, translator_kind="openai", translator_key="k", translator_model="m")
    assert translator(named) == ChatModel("http://localhost:5000", "k", "m")
    for wrong in ({"ALPHORN_TRANSLATOR_URL": "ftp://x"}, {"ALPHORN_TRANSLATOR_KIND": "deepl"}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            read(wrong)


async def test_a_libretranslate_server_translates_all_at_once():
    with machine() as server:
        found = await LibreTranslate(server.url, "secret").translate(WORDS, "de", "fr")
        assert found == FRENCH
        assert server.asked == [
            {
                "q": WORDS, "source": "de", "target": "fr", "format": "text",
                "api_key": "secret", "_path": "/translate", "_auth": None,
            }
        ]  # fmt: skip


async def test_a_chat_model_translates_each_text_in_order():
    with machine() as server:
        found = await ChatModel(server.url, "secret", "small").translate(WORDS, "de", "fr")
        assert found == FRENCH
        assert sorted(asked["messages"][1]["content"] for asked in server.asked) == sorted(WORDS)
        assert {(a["_path"], a["_auth"], a["model"]) for a in server.asked} == {
            ("/chat/completions", "Bearer secret", "small")
        }
        assert "from German into French" in server.asked[0]["messages"][0]["content"]


@pytest.mark.parametrize("kind", [LibreTranslate, ChatModel])
@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b"{}", b'{"translatedText": ["one"]}', b'{"choices": []}',
             b'{"translatedText": ["", ""]}', b"x" * 300_000]
)  # fmt: skip
async def test_what_is_no_translation_is_said_to_be_none(kind: type[ChatModel], body: bytes):
    with machine() as server:
        server.body = body
        with pytest.raises(NoTranslation, match="something else than a translation"):
            await kind(server.url).translate(WORDS, "de", "fr")


async def test_a_server_that_refuses_or_is_not_there_is_named():
    with machine() as server:
        server.status = 429
        with pytest.raises(NoTranslation, match="The translator answered 429"):
            await LibreTranslate(server.url).translate(WORDS, "de", "fr")
        url = server.url
    with pytest.raises(NoTranslation, match="The translator was not reached"):
        await LibreTranslate(url).translate(WORDS, "de", "fr")


async def test_a_server_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(translators, "SECONDS", 0.05)
    with machine() as server:
        server.wait = 1.0
        with pytest.raises(NoTranslation, match=re.escape("The translator took too long")):
            await ChatModel(server.url).translate(WORDS, "de", "fr")
