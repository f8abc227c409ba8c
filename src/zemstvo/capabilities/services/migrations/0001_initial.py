"""The tables of published packages, and the triggers that keep a published version as it is.

Safe while the site runs: nothing reads these tables yet. Undo: drop them.
"""

from django.db import migrations, models

from zemstvo.capabilities.services.triggers import install_triggers, remove_triggers


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='LiveVersion',
            fields=[
                ('service', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('retired_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'services_live_version',
            },
        ),
        migrations.CreateModel(
            name='LocalValues',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('service', models.CharField(max_length=40)),
                ('territory', models.CharField(max_length=11)),
                ('revision', models.PositiveIntegerField()),
                ('values', models.TextField()),
                ('set_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'services_local_values',
                'constraints': [models.UniqueConstraint(fields=('service', 'territory', 'revision'), name='a_revision_of_local_values_stands_once')],
            },
        ),
        migrations.CreateModel(
            name='ServiceVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('service', models.CharField(max_length=40)),
                ('version', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('document', models.TextField()),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'services_version',
                'constraints': [models.UniqueConstraint(fields=('service', 'version'), name='a_version_is_published_once')],
            },
        ),
        migrations.RunPython(install_triggers, remove_triggers),
    ]
