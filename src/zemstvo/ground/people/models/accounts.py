"""What people, officials and machines sign in with. Addresses and secrets stand here sealed or hashed."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class Account(AbstractBaseUser):
    """What a person signs in with. Who that person is stands in Person, sealed.

    `email` is not the address but its keyed form (`addresses.keyed`), so that what allauth stores beside it
    names nobody; the address itself is `sealed_email`, under the person's key. `demo` marks the accounts of
    the demo town, the only officials who may work without a second factor.
    """

    email = models.EmailField(unique=True)
    sealed_email = models.BinaryField(default=b"")
    person = models.UUIDField(unique=True)
    demo = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager["Account"]()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        db_table = "people_account"


class ApiToken(models.Model):
    """What a machine signs in with: only the hash of the secret is kept."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=100)
    hash = models.BinaryField(max_length=32, unique=True)
    scopes = models.JSONField(default=list)
    authority = models.CharField(max_length=64, blank=True, default="")
    territory = models.CharField(max_length=64, blank=True, default="")
    intermediary = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "people_api_token"
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(revoked_at__isnull=True), name="a_living_token_has_its_own_name"
            )
        ]


class Invitation(models.Model):
    """A link that works once: it makes the first administrator. Only the hash of its secret is kept."""

    hash = models.BinaryField(max_length=32, primary_key=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "people_invitation"
