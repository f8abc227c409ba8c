"""The tables of people."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.auth.base_user import BaseUserManager
from django.db import models


class Account(AbstractBaseUser, PermissionsMixin):
    """What a person signs in with. Who that person is stands in Person, encrypted."""

    email = models.EmailField(unique=True)
    person = models.UUIDField(null=True, blank=True, unique=True)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager["Account"]()

    USERNAME_FIELD = "email"

    class Meta:
        db_table = "people_account"
