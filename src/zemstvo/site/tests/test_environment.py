"""What the environment says is read aloud, and refused where it is wrong."""

from pathlib import Path

import pytest

from zemstvo.site.environment import Address, EnvironmentFault, allowed_hosts, read

ENCRYPTED = {"ZEMSTVO_ORIGIN": "https://services.example.org", "ZEMSTVO_PROXIES": "1"}
POSTGRESQL = {
    "DATABASE_URL": "postgresql://z:p%40ss@db:5433/zemstvo",
    "KEYS_DATABASE_URL": "postgresql://z@db/keys",
}


def test_an_empty_environment_is_an_installation_on_this_computer():
    found = read({})

    assert found.is_embedded
    assert (found.host, found.port, found.demo) == ("127.0.0.1", 8000, None)
    assert found.secrets == found.data / "secrets"
    assert Path(found.database.name).parent == found.data


def test_postgresql_is_read_with_its_password():
    found = read(POSTGRESQL)

    assert found.database == Address("postgresql", "zemstvo", "db", 5433, "z", "p@ss")
    assert not found.is_embedded


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ZEMSTVO_PORT", "eight", "a whole number from 0 to 65535"),
        ("ZEMSTVO_PORT", "70000", "a whole number from 0 to 65535"),
        ("ZEMSTVO_PORT", "-1", "a whole number"),
        ("ZEMSTVO_THREADS", "0", "a whole number from 1 to 64"),
        ("ZEMSTVO_DEMO", "maybe", "yes or no"),
        ("ZEMSTVO_ORIGIN", "services.example.org", "an address such as"),
        ("ZEMSTVO_ORIGIN", "https://example.org/path", "without a path"),
        ("ZEMSTVO_HOSTS", "http://example.org", "host names"),
        ("ZEMSTVO_LANGUAGES", "ru,xx", "language codes"),
        ("ZEMSTVO_MAIL_FROM", "nobody", "an e-mail address"),
        ("ZEMSTVO_LOG_LEVEL", "loud", "debug or info"),
        ("ZEMSTVO_FILE_SCANNER", "clamav", "package.module.Class"),
        ("ZEMSTVO_TEST_NAME", "Anna's", "Latin letters"),
        ("ZEMSTVO_NAME", "ru=; en=Name", "one name, or names"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_expected(name, value, expected):
    with pytest.raises(EnvironmentFault) as caught:
        read({name: value})

    assert str(caught.value).startswith(f"{name} is «{value}»")
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    "value", ["mysql://x/y", "postgresql://z:secret@db:port/zemstvo", "postgresql://z:secret@db/"]
)
def test_a_wrong_address_of_a_database_is_named_without_its_password(value):
    with pytest.raises(EnvironmentFault, match="DATABASE_URL is not usable") as caught:
        read({"DATABASE_URL": value})

    assert "secret" not in str(caught.value)


def test_an_encrypted_address_needs_somebody_who_encrypts():
    assert read(ENCRYPTED).proxies == 1

    with pytest.raises(EnvironmentFault, match="ZEMSTVO_ORIGIN is https, but ZEMSTVO_PROXIES is 0"):
        read({"ZEMSTVO_ORIGIN": ENCRYPTED["ZEMSTVO_ORIGIN"]})


def test_a_misspelt_setting_is_no_setting():
    with pytest.raises(EnvironmentFault, match="ZEMSTVO_PROT is set, but there is no such setting"):
        read({"ZEMSTVO_PROT": "8000"})


def test_all_mistakes_are_named_at_once():
    with pytest.raises(EnvironmentFault) as caught:
        read({"ZEMSTVO_PORT": "x", "ZEMSTVO_DEMO": "x", "ZEMSTVO_PROT": "x"})

    assert len(caught.value.faults) == 3


@pytest.mark.parametrize("keys", [None, POSTGRESQL["DATABASE_URL"], "sqlite:///keys.sqlite3"])
def test_on_postgresql_the_keys_need_a_database_of_their_own(keys):
    given = {"DATABASE_URL": POSTGRESQL["DATABASE_URL"], **({"KEYS_DATABASE_URL": keys} if keys else {})}

    with pytest.raises(EnvironmentFault, match="KEYS_DATABASE_URL"):
        read(given)


@pytest.mark.parametrize(
    ("url", "port", "security"),
    [
        ("smtp://mail", 25, ""),
        ("smtp+tls://u:p@mail", 587, "starttls"),
        ("smtps://u:p@mail:4650", 4650, "tls"),
    ],
)
def test_a_mail_server_is_one_address(url, port, security):
    found = read({"EMAIL_URL": url}).mail

    assert (found.host, found.port, found.security) == ("mail", port, security)


def test_a_name_may_be_given_for_each_language():
    assert read({"ZEMSTVO_NAME": "ru=Заречный; en=Zarechny"}).name == {"ru": "Заречный", "en": "Zarechny"}
    assert read({"ZEMSTVO_NAME": "Заречный"}).name["en"] == "Заречный"


def test_a_real_installation_answers_under_its_names_only():
    real = read({"ZEMSTVO_HOST": "0.0.0.0", **ENCRYPTED})
    demo = read({"ZEMSTVO_HOST": "0.0.0.0"})

    assert "services.example.org" in allowed_hosts(real, is_demo=False)
    assert "*" not in allowed_hosts(real, is_demo=False)
    assert "*" not in allowed_hosts(demo, is_demo=False)
    assert "*" in allowed_hosts(demo, is_demo=True)
