"""Each way in which the room of territory says no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.refusals import NotFound, Refusal


class UnknownTerritory(NotFound):
    """No territory has this code, or none had it on the day that is asked for."""

    code = "territory.unknown"
    message = _("There is no territory with the code %(code)s.")
    advice = _("Check the code, or find the territory by its name.")


class TerritoryStands(Refusal):
    """A territory of this code exists already."""

    code = "territory.stands"
    message = _("The territory %(code)s is already in the list of territories.")
    advice = _("Change the one that is there.")
    status = 409


class TerritoryIsClosed(Refusal):
    """The territory was closed and takes no more changes."""

    code = "territory.closed"
    message = _("The territory %(code)s was closed on %(closed_on)s.")
    advice = _("Use the territory that took its place.")


class TerritoryHasParts(Refusal):
    """A territory can only be closed after the territories in it."""

    code = "territory.has-parts"
    message = _("The territory %(code)s still has %(count)s territories in it.")
    advice = _("Close them first, or move them to another territory.")


class WrongCheckDigit(Refusal):
    """The check digit that a person typed does not belong to the code."""

    code = "territory.check-digit"
    message = _("The check digit %(digit)s does not belong to the code %(code)s.")
    advice = _("One of the digits is mistyped: compare them with the classifier.")


class CodeUnclear(Refusal):
    """The text is no code of this scheme."""

    code = "territory.code-unclear"
    message = _("“%(value)s” is not a code of a territory.")
    advice = _(
        "An OKTMO code has 8 or 11 digits; a code of one's own has Latin letters, digits, dots and hyphens, "
        "64 at most."
    )


class CodeIsHeading(Refusal):
    """The code heads a group in the classifier and names no territory."""

    code = "territory.heading"
    message = _("%(code)s is a heading of the classifier, not a territory.")
    advice = _("Take the code of the municipality itself.")


class UnknownScheme(Refusal):
    """There is no such scheme of codes."""

    code = "territory.unknown-scheme"
    message = _("“%(value)s” is not a scheme of codes.")
    advice = _("Known schemes: %(known)s.")


class LevelUnclear(Refusal):
    """A territory of this level cannot lie in that one, or the level is not known."""

    code = "territory.level"
    message = _("A territory of the level “%(level)s” cannot lie in one of the level “%(above)s”.")
    advice = _("The levels from above are: federation, region, municipality, settlement.")


class RootExpected(Refusal):
    """Only a federation stands without a territory above it."""

    code = "territory.parent-missing"
    message = _("The territory %(code)s needs a territory above it.")
    advice = _("Name the territory that it is a part of; only the uppermost stands alone.")


class PartOfItself(Refusal):
    """A territory cannot come to lie in itself or in one of its own parts."""

    code = "territory.part-of-itself"
    message = _("The territory %(code)s cannot lie in %(parent)s, which is a part of it.")
    advice = _("Choose another territory above it.")


class DayTooEarly(Refusal):
    """A change cannot take effect before the one that is in force began."""

    code = "territory.day-too-early"
    message = _("The change would hold from %(day)s, but what stands now began on %(from_)s.")
    advice = _("Choose a later day.")


class NamesUnclear(Refusal):
    """A name is missing, too long or has signs that cannot be read."""

    code = "territory.name"
    message = _("“%(value)s” cannot be a name.")
    advice = _("Give a name of 1 to 500 readable signs for at least one language.")


class UnknownZone(Refusal):
    """There is no such time zone."""

    code = "territory.zone"
    message = _("“%(value)s” is not a time zone.")
    advice = _("Take a name from the IANA list, such as Europe/Moscow or Asia/Yekaterinburg.")


class ListHasFaults(Refusal):
    """A list or a calendar with faults is not imported, not even in part."""

    code = "territory.list-faults"
    message = _("The file has %(count)s faults; nothing was imported. The first: %(first)s")
    advice = _("Correct the lines that are named and import the file again.")


class ListClosesTooMuch(Refusal):
    """A list that would close many territories is more likely torn than true."""

    code = "territory.list-closes-too-much"
    message = _("The list leaves out %(closing)s of %(standing)s territories; they would be closed.")
    advice = _("If the list is complete, import it again and confirm the closing.")


class UnknownAuthority(NotFound):
    """No authority has this code."""

    code = "authority.unknown"
    message = _("There is no authority with the code %(code)s.")
    advice = _("Check the code, or find the authority in the list of authorities.")


class AuthorityStands(Refusal):
    """An authority of this code exists already."""

    code = "authority.stands"
    message = _("There is already an authority with the code %(code)s.")
    advice = _("Choose another code.")
    status = 409


class AuthorityIsClosed(Refusal):
    """The authority was closed and takes no more changes."""

    code = "authority.closed"
    message = _("The authority %(code)s was closed on %(closed_on)s.")
    advice = _("Use the authority that took its place.")


class PrefixUnclear(Refusal):
    """The prefix of an authority's numbers has another form, or belongs to another authority."""

    code = "authority.prefix"
    message = _("“%(value)s” cannot be the prefix of the authority's numbers.")
    advice = _("Take 2 to 12 capital letters and digits that no other authority uses.")


class ActsAlready(Refusal):
    """The authority acts for this territory already."""

    code = "authority.acts-already"
    message = _("The authority %(authority)s already acts for the territory %(territory)s.")
    advice = _("Nothing needs to be done.")


class DoesNotAct(Refusal):
    """The authority does not act for this territory."""

    code = "authority.does-not-act"
    message = _("The authority %(authority)s does not act for the territory %(territory)s.")
    advice = _("Look at the list of territories that the authority acts for.")


class UnknownOffice(NotFound):
    """The authority has no such office."""

    code = "office.unknown"
    message = _("The authority %(authority)s has no office %(office)s.")
    advice = _("Look at the list of offices of the authority.")


class OfficeStands(Refusal):
    """The authority has an office of this code already."""

    code = "office.stands"
    message = _("The authority %(authority)s already has an office %(office)s.")
    advice = _("Choose another code.")
    status = 409


class OfficeUnclear(Refusal):
    """Something about an office has a form that it cannot have."""

    code = "office.unclear"
    message = _("“%(value)s” does not fit for the %(field)s of an office.")
    advice = _("Check the length (an address has 500 signs at most) and the form: +7 (800) 000-00-00.")


class HoursUnclear(Refusal):
    """The hours of an office cannot be read."""

    code = "office.hours"
    message = _("“%(value)s” does not fit into the hours of an office.")
    advice = _("Give spans of a day in order, such as 09:00-13:00 and 14:00-18:00.")


class DateOutsideCalendar(Refusal):
    """The working calendar does not reach the day, so a term cannot be counted."""

    code = "calendar.outside"
    message = _("The working calendar goes from %(first)s to %(last)s; %(day)s lies outside.")
    advice = _("Ask the administrator to import the working calendar of that year.")


class NoCalendar(DateOutsideCalendar):
    """There is no working calendar at all for this territory."""

    code = "calendar.missing"
    message = _("There is no working calendar, so %(day)s cannot be counted.")
    advice = _("Ask the administrator to import a working calendar.")


class CalendarHasGap(Refusal):
    """The years of a calendar follow each other; a missing year in between would be guessed."""

    code = "calendar.gap"
    message = _("The calendar would have no year %(year)s between the years it has.")
    advice = _("Import the missing year too.")


class DayKindUnclear(Refusal):
    """There is no such kind of day."""

    code = "calendar.day-kind"
    message = _("“%(value)s” is not a kind of day.")
    advice = _("Choose a working day, a short one, a day off, a holiday, a moved or a decreed day.")


class HolidayStands(Refusal):
    """The territory has a day of its own here already."""

    code = "calendar.holiday-stands"
    message = _("The territory %(territory)s has already declared the day %(day)s.")
    advice = _("Revoke the day first.")
    status = 409


class NoHoliday(NotFound):
    """The territory has not declared this day."""

    code = "calendar.no-holiday"
    message = _("The territory %(territory)s has not declared the day %(day)s.")
    advice = _("Look at the calendar of the territory.")
