"""What the script sends while somebody types."""

import json

from tests.factories import accounts, calls


def save(desk, *, based_on=None, **typed):
    names = {name.partition("__")[0] for name in typed}
    data = {f"q-{name.replace('__', '.')}": text for name, text in typed.items()}
    data |= {"shown": " ".join(names), "based_on": desk.revision if based_on is None else based_on}
    return desk.client.post(desk.url("about/save"), data)


def told(answer) -> dict:
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    return json.loads(answer.content)


def test_only_what_was_sent_is_saved(desk) -> None:
    saved = told(save(desk, summary="While typing"))
    assert saved["revision"] == desk.revision == 3
    assert saved["conflicts"] == saved["others"] == []
    assert saved["problems"] == {}
    assert desk.answers == {"title": "Village network", "summary": "While typing"}


def test_same_text_again_makes_no_new_version(desk) -> None:
    save(desk, summary="Once")
    assert told(save(desk, summary="Once"))["revision"] == 3


def test_what_another_author_changed_besides_is_told(desk, other) -> None:
    base = desk.revision
    save(other, reach="4")
    saved = told(save(desk, based_on=base, summary="Mine"))
    assert saved["others"] == ["reach"]
    assert desk.answers["reach"] == 4
    assert desk.answers["summary"] == "Mine"


def test_clash_is_told_and_nothing_is_overwritten(desk, other) -> None:
    base = desk.revision
    save(other, summary="Theirs")
    saved = told(save(desk, based_on=base, summary="Mine", reach="9"))
    assert saved["conflicts"] == ["summary"]
    assert saved["others"] == []
    assert desk.answers["summary"] == "Theirs"
    assert desk.answers["reach"] == 9


def test_what_cannot_be_kept_is_told_and_the_rest_is_saved(desk) -> None:
    saved = told(save(desk, reach="many", summary="Kept"))
    assert list(saved["problems"]) == ["reach"]
    assert desk.answers["summary"] == "Kept"


def test_signed_out_is_a_redirect_that_the_script_recognises(desk) -> None:
    desk.client.logout()
    answer = save(desk, summary="Kept on the device")
    assert answer.status_code == 302
    assert answer.url.startswith("/en/account/sign-in/")


def test_reply_that_was_sent_takes_nothing_any_more(desk) -> None:
    desk.save("next", "end", agreed="1")
    calls.submit(desk.reply, desk.person)
    answer = save(desk, summary="Late")
    assert answer.status_code == 409
    assert json.loads(answer.content)["code"] == "reply_not_writable"


def test_nobody_else_saves(desk) -> None:
    stranger = accounts.browser(accounts.person())
    sent = {"shown": "title", "q-title": "Mine now", "based_on": "2"}
    assert stranger.post(desk.url("about/save"), sent).status_code == 404
    assert desk.client.post(desk.url("nothing/save"), sent).status_code == 404
    assert desk.client.get(desk.url("about/save")).status_code == 405
    assert desk.answers["title"] == "Village network"
