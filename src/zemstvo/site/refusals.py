"""The ways in which the house itself says no, before or behind any room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.refusals import Refusal


class RequestIsBroken(Refusal):
    """The request follows no rule that we know: a header, a host or an upload that cannot be read."""

    code = "request.broken"
    message = _("The request could not be read.")
    advice = _("Nothing was stored. Go back, check what you typed or attached, and send it again.")
    status = 400


class RequestIsNotText(Refusal):
    """A form or an address holds bytes that are not UTF-8, or a NUL."""

    code = "request.not-text"
    message = _("What was sent holds signs that are not text.")
    advice = _("Nothing was stored. Go back, type the text anew instead of pasting it, and send it again.")
    status = 400


class RequestIsTooLarge(Refusal):
    """More bytes, fields or files than the settings allow."""

    code = "request.too-large"
    message = _("What was sent is larger than this page takes.")
    advice = _("Nothing was stored. Send a smaller file, or bring it to the office.")
    status = 413


class FormIsNotOurs(Refusal):
    """A form came without its token, or from a page that is not ours."""

    code = "form.not-ours"
    message = _("This form could not be accepted.")
    advice = _("The page was open too long, or your browser keeps no cookies. Reload it and send it again.")
    status = 403


class StorageIsAway(Refusal):
    """The database is locked, restarting or out of reach; it comes back without the person doing anything."""

    code = "storage.away"
    message = _("The service is busy or under repair.")
    advice = _("Nothing was stored, and nothing that was stored before is lost. Try again in a minute.")
    status = 503


class StorageIsFull(Refusal):
    """The disk has no room left."""

    code = "storage.full"
    message = _("There is no room left to store this.")
    advice = _("Nothing was stored, and nothing that was stored before is lost. The operators see it, too.")
    status = 503


class NoSuchPage(Refusal):
    """No page stands at this address."""

    code = "not-found"
    message = _("There is no such page.")
    advice = _("Check the address, or look for the service on the first page.")
    status = 404


class PageIsClosed(Refusal):
    """The page is not for the one who asks."""

    code = "access.refused"
    message = _("This page is not open to you.")
    advice = _("Sign in and try again. If you should have access, ask the administrator of your authority.")
    status = 403


class Unforeseen(Refusal):
    """Our mistake; the log has the rest."""

    code = "unforeseen"
    message = _("Something went wrong on our side.")
    advice = _("The last step may not have been taken; what you sent before is kept. Try again in a minute.")
    status = 500
