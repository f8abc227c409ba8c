"""One idea, one word: what the house calls things stands in GLOSSARY.md."""

import re

from architecture.reading import ROOT, SOURCE, defined_names, facts, glossary, models, python_files, words_of


def code_words():
    return {words_of(word) for cell, _unwanted in glossary() for word in cell.split(",")}


def test_every_model_has_its_row():
    missing = [model.__name__ for model in models() if words_of(model.__name__) not in code_words()]

    assert missing == []


def test_every_fact_is_about_a_word_that_has_its_row():
    missing = {kind for kind in facts() if words_of(kind.split(".")[0]) not in code_words()}

    assert missing == set()


def test_every_package_has_its_row():
    packages = [path.parent.name for path in (ROOT / "packages").glob("*/service.yaml")]

    assert [name for name in packages if words_of(name) not in code_words()] == []


def test_a_word_has_one_row():
    words = [words_of(cell) for cell, _unwanted in glossary()]

    assert sorted({word for word in words if words.count(word) > 1}) == []


def unwanted_phrases():
    return {words_of(phrase): code_word for code_word, phrases in glossary() for phrase in phrases}


def says(words, phrase):
    return any(words[start : start + len(phrase)] == phrase for start in range(len(words)))


def test_no_name_says_what_the_glossary_does_not_say():
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name} (say: {code_word})"
        for path in python_files()
        for name, line in defined_names(path)
        for phrase, code_word in unwanted_phrases().items()
        if says(words_of(name), phrase)
    ]

    assert found == []


def texts():
    """What people read: the messages of the translations, and the words of packages."""
    for path in SOURCE.rglob("locale/*/LC_MESSAGES/django.po"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith(("msgid", "msgstr", '"')):
                yield f"{path.relative_to(ROOT)}:{number}", re.sub(r'^\w+(\[\d\])? |%\(\w+\)s|"', "", line)


def test_no_text_says_what_the_glossary_does_not_say():
    found = [
        f"{place}: {text.strip()} (say: {code_word})"
        for place, text in texts()
        for phrase, code_word in unwanted_phrases().items()
        if says(words_of(text), phrase)
    ]

    assert found == []
