"""The tables of documents. Whatever could name a person stands in them only sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zemstvo.ground.journal.writing import uuid7


class Register(models.Model):
    """The numbers that an authority gives to documents of one kind in one year.

    `last` is the number given out last. Whoever takes one holds the row until the transaction ends, so a
    number is given out and used together, or neither: no gaps.
    """

    authority = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    index = models.CharField(max_length=12, blank=True, default="")
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "documents_register"
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "kind", "year"], name="an_authority_has_one_register_of_a_kind_a_year"
            )
        ]


class State(models.TextChoices):
    """Where a document stands."""

    DRAFTED = "drafted"
    SIGNED = "signed"
    REVOKED = "revoked"


class Document(models.Model):
    """One document of an authority about one person's matter.

    `sealed` holds the text and the verification code under the key of `person`; `code_hash` finds the
    document by the code. `version` counts every change; `pdf_*` name the file that was made of the version
    `pdf_version`. `zone` is the time zone in which its moments are shown. `revoked_for` is a code.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="documents")
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=48)
    kind = models.CharField(max_length=64)
    authority = models.CharField(max_length=64)
    territory = models.CharField(max_length=16)
    zone = models.CharField(max_length=48)
    case = models.CharField(max_length=32, blank=True, default="")
    service = models.CharField(max_length=64, blank=True, default="")
    service_version = models.PositiveIntegerField(default=0)
    person = models.UUIDField()
    language = models.CharField(max_length=8)
    sealed = models.BinaryField()
    code_hash = models.BinaryField(max_length=32, unique=True)

    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFTED)
    version = models.PositiveIntegerField(default=1)
    registered_on = models.DateField()
    valid_until = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    delivery_form = models.CharField(max_length=12, blank=True, default="")
    revoked_at = models.DateTimeField(null=True)
    revoked_for = models.CharField(max_length=64, blank=True, default="")

    pdf_file = models.CharField(max_length=32, blank=True, default="")
    pdf_sha256 = models.CharField(max_length=64, blank=True, default="")
    pdf_version = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "documents_document"
        indexes = [
            models.Index(fields=["case"], name="documents_of_a_case"),
            models.Index(fields=["person", "-registered_on"], name="documents_of_a_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["register", "sequence"], name="a_number_is_given_once"),
            models.CheckConstraint(
                condition=~Q(state="signed") | Q(signed_at__isnull=False), name="a_signed_document_says_when"
            ),
            models.CheckConstraint(
                condition=Q(state="revoked", revoked_at__isnull=False)
                | (~Q(state="revoked") & Q(revoked_at__isnull=True)),
                name="a_revoked_document_says_when",
            ),
            models.CheckConstraint(
                condition=Q(pdf_version__lte=F("version")), name="a_pdf_is_of_a_version_that_there_is"
            ),
        ]


class Signature(models.Model):
    """A signature under a document.

    `sealed` holds who signs as printed on the document (post and name), and for an attached one what its
    certificate says; `cms` the signature itself. Both are sealed under the key of the person whom the
    document is about, so that one erasure reaches all of it. `sha256` is the digest of the PDF that an
    attached signature was made for.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="signatures")
    kind = models.CharField(max_length=8)
    signer = models.CharField(max_length=64)
    mandate = models.CharField(max_length=36, blank=True, default="")
    signed_at = models.DateTimeField()
    sealed = models.BinaryField()
    cms = models.BinaryField(default=b"")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    cms_hash = models.BinaryField(max_length=32, default=b"")
    check_result = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        db_table = "documents_signature"
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(kind="seal"), name="a_document_is_sealed_once"
            ),
            models.UniqueConstraint(
                fields=["document", "cms_hash"],
                condition=Q(kind="attached"),
                name="a_signature_is_attached_once",
            ),
        ]
