from datetime import UTC, datetime

from zemstvo.capabilities.documents import upkeep
from zemstvo.capabilities.documents.seal_keys import installation_seal


def test_the_seal_is_there_before_anybody_signs(settings, tmp_path):
    settings.SECRETS = tmp_path / "secrets"
    morning = datetime(2026, 11, 23, tzinfo=UTC)

    upkeep.run(morning)
    upkeep.run(morning)

    (certificate,) = (tmp_path / "secrets" / "seal").glob("*.crt")
    assert installation_seal(at=morning).certificate_file == certificate
