"""What `make run` prints: who one can be, at a glance and within a hundred columns."""

import pytest

from accounts.choices import MandateRank
from vecozo_portal.demo import table
from vecozo_portal.demo.cast import CAST, FIRMS, LISTED
from vecozo_portal.demo.permission import NoDemoHere
from vecozo_portal.demo.table import welcome_table, whole_table
from vecozo_portal.demo.values import _words, password_of, pin_of

COLUMNS = 100


def line_of(printed, name):
    [line] = [line for line in printed.splitlines() if line.startswith(f"  {name}  ")]
    return line


def test_a_contact_person_of_each_organisation_has_a_line_with_all_to_sign_in(demo):
    printed = welcome_table()
    for firm in FIRMS:
        first = next(person for person in CAST if person.firm == firm and person.rank == MandateRank.FIRST)
        line = line_of(printed, first.name)
        assert [first.user_number, password_of(first), pin_of(first)] == line.split()[-3:]
        assert "contact person" in line


def test_there_is_somebody_free_somebody_for_each_reason_and_somebody_of_support(demo):
    printed = welcome_table()
    assert "user" in line_of(printed, "Anna de Boer")
    for name, reason in {
        "Fatima el Amrani": "password",
        "Johan Mulder": "pin",
        "Esther Meijer": "quota",
        "Ruben Dekker": "support",
    }.items():
        assert f"blocked: {reason}" in line_of(printed, name)
    assert "Support" in line_of(printed, "Sanne Hofman")


def test_people_stand_under_their_organisation_and_the_pgb_provider_is_marked(demo):
    lines = welcome_table().splitlines()
    headings = [line for line in lines if line and not line.startswith(" ")]

    assert [heading.split(":")[0] for heading in headings] == [*(firm.name for firm in FIRMS), "Support"]
    [marked] = [heading for heading in headings if "PGB" in heading]
    assert marked.startswith("Thuiszorg Dichtbij: PGB provider")
    assert lines.index(marked) < lines.index(line_of("\n".join(lines), "Dirk Bakker")) < lines.index(headings[-1])


def test_it_fits_a_hundred_columns_whatever_the_passwords(demo, monkeypatch):
    longest = "-".join([max(_words(), key=len)] * 4)
    monkeypatch.setattr(table, "password_of", lambda _: longest)
    assert max(map(len, welcome_table().splitlines())) <= COLUMNS


def test_it_is_short(demo):
    assert len(welcome_table().splitlines()) <= 20


def test_the_whole_table_has_a_line_for_everybody(demo):
    printed = whole_table()
    for person in LISTED:
        assert person.user_number in line_of(printed, person.name)


@pytest.mark.parametrize("printing", [welcome_table, whole_table])
def test_without_demo_data_there_is_no_table(db, printing):
    with pytest.raises(NoDemoHere):
        printing()
