"""A page with every component, for the tests only."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path


class Everything(forms.Form):
    name = forms.CharField(label="Имя", max_length=40, help_text="Как в паспорте")
    about = forms.CharField(label="Подробности", widget=forms.Textarea, required=False)
    way = forms.ChoiceField(
        label="Как получить ответ",
        choices=[("portal", "На портале"), ("post", "Почтой")],
        widget=forms.RadioSelect,
    )
    rooms = forms.MultipleChoiceField(
        label="Помещения", choices=[("1", "Кухня"), ("2", "Зал")], widget=forms.CheckboxSelectMultiple
    )
    place = forms.ChoiceField(label="Поселение", choices=[("1", "Заречный"), ("2", "Луговой")])
    paper = forms.FileField(label="Справка", required=False)
    agree = forms.BooleanField(label="Подтверждаю, что всё указано верно")


def gallery(request: HttpRequest) -> HttpResponse:
    form = Everything(request.POST or None, request.FILES or None)
    context = {
        "form": form,
        "now": datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
        "today": date(2026, 11, 23),
        "due_on": date(2026, 12, 3),
        "names": {"ru": "Жилищная субсидия", "en": "Housing subsidy"},
        "only_russian": {"ru": "Только по-русски"},
        "rows": [{"key": "Имя", "value": "Анна", "change": "/"}, {"key": "Адрес", "value": "ул. Речная, 3"}],
        "steps": [
            {"title": "Подано", "state": "past", "on": date(2026, 11, 20)},
            {
                "title": "Проверяется",
                "state": "now",
                "on": date(2026, 11, 23),
                "text": "Вера, отдел субсидий",
            },
            {"title": "Решение", "state": "next", "on": date(2026, 12, 3)},
        ],
        "heads": ["Услуга", {"text": "Сумма", "numeric": True}],
        "cells": [["Субсидия", {"text": "1 200 ₽", "numeric": True}], [{"text": "Адрес", "link": "/"}, "—"]],
        "crumbs": [{"text": "Начало", "link": "/"}, {"text": "Услуги", "link": "/"}],
    }
    return render(request, "gallery.html", context, status=422 if form.errors else 200)


urlpatterns = [
    path("gallery/", gallery),
    path("", include("zemstvo.faces.portal.urls")),
    path("", include("zemstvo.faces.components.urls")),
]
