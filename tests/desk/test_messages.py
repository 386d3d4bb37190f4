"""Every word of the interface is there in Arabic and Persian, and what is compiled is what was translated."""

from detente.desk import messages


def test_nothing_is_untranslated_or_out_of_date():
    assert list(messages.problems()) == []


def test_templates_and_code_are_both_searched():
    found = {message.id for message in messages.gather(messages.HERE)}
    assert {"Skip to the content", "Arabic"} <= found
    parts = {message.id for folder in messages.folders()[1:] for message in messages.gather(folder)}
    assert "Choose a password" in parts
