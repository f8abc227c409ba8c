from zemstvo.capabilities.services.check import check_package
from zemstvo.capabilities.services.tests.firewood import changed, faults, package


def test_a_translation_joins_its_text_by_id():
    found = package()

    assert found.text(found.fields["heating"].options[0].label, "en") == "A stove"
    assert (
        found.text(found.fields["members"].fields[2].show.means, "en") == "Asked of those who are 14 or older"
    )
    assert found.text(found.evidence["utility.heating"].holder, "en") == "The heating network"


def test_a_missing_translation_is_a_warning_and_falls_back_to_the_base(tmp_path):
    folder = changed(tmp_path, ("title: Help to buy firewood\nsummary", "summary"), file="texts.en.yaml")

    checked = check_package(folder)

    assert checked.is_sound
    assert [str(fault).rpartition("/")[2] for fault in checked.faults if fault.warning] == [
        "service.yaml, line 6: title is without en; a translation is expected."
    ]
    wording = checked.package.wording(checked.package.title, "en")
    assert (wording.text, wording.lang) == ("Помощь на покупку дров", "ru")
    assert checked.package.wording(checked.package.summary, "en").lang == ""


def test_a_translation_of_nothing_is_a_fault_in_its_own_file(tmp_path):
    folder = changed(
        tmp_path, ("  household:\n    title: Your", "  houshold:\n    title: Your"), file="texts.en.yaml"
    )

    assert faults(folder)[0].startswith(
        "texts.en.yaml, line 11: pages.houshold.title is no text of service.yaml"
    )


def test_a_text_that_is_translated_twice_is_a_fault(tmp_path):
    folder = changed(tmp_path, ("title: Помощь на покупку дров", "title: {ru: Дрова, en: Firewood}"))

    assert (
        "texts.en.yaml, line 1: title is also in service.yaml; each translation once is expected."
        in faults(folder)
    )


def test_a_file_of_a_language_that_the_package_does_not_speak_is_a_fault(tmp_path):
    folder = changed(tmp_path)
    (folder / "texts.tt.yaml").write_text("title: Утын")

    assert "texts.<language>.yaml of a language of the package is expected" in faults(folder)[0]


def test_a_translation_that_is_no_text_is_a_fault(tmp_path):
    folder = changed(tmp_path, ("summary: Money", "summary: [Money]\nminutes: Money"), file="texts.en.yaml")

    assert len(faults(folder)) == 2
