"""Make the tables of territory: places with names and borders in time, authorities, offices, calendars.

The first of this room; undo: drop them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('room', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('token', models.UUIDField()),
            ],
            options={
                'db_table': 'territory_edition',
            },
        ),
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('code', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('scheme', models.CharField(max_length=16)),
                ('level', models.CharField(choices=[('federation', 'FEDERATION'), ('region', 'REGION'), ('municipality', 'MUNICIPALITY'), ('settlement', 'SETTLEMENT')], max_length=16)),
                ('kind', models.CharField(blank=True, max_length=32)),
                ('zone', models.CharField(blank=True, max_length=48)),
                ('check_digit', models.PositiveSmallIntegerField(null=True)),
                ('check_digit_printed', models.PositiveSmallIntegerField(null=True)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('successors', models.JSONField(default=list)),
            ],
            options={
                'db_table': 'territory_territory',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='a_territory_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('level__in', ['federation', 'region', 'municipality', 'settlement'])), name='a_territory_has_a_known_level')],
            },
        ),
        migrations.CreateModel(
            name='Authority',
            fields=[
                ('code', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('names', models.JSONField()),
                ('prefix', models.CharField(max_length=12, unique=True)),
                ('zone', models.CharField(blank=True, max_length=48)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory')),
            ],
            options={
                'db_table': 'territory_authority',
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=64)),
                ('names', models.JSONField()),
                ('address', models.JSONField(default=dict)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('hours', models.JSONField(default=dict)),
                ('line', models.CharField(choices=[('none', 'None'), ('bad', 'Bad'), ('weak', 'Weak'), ('good', 'Good')], default='good', max_length=8)),
                ('closed_on', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='territory.authority')),
            ],
            options={
                'db_table': 'territory_office',
                'constraints': [models.UniqueConstraint(fields=('authority', 'code'), name='an_office_has_its_own_code')],
            },
        ),
        migrations.CreateModel(
            name='CalendarYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('weekend', models.CharField(default='56', max_length=6)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory')),
            ],
            options={
                'db_table': 'territory_calendar_year',
                'constraints': [models.UniqueConstraint(fields=('territory', 'year'), name='a_territory_has_a_year_once')],
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('kind', models.CharField(choices=[('working', 'WORKING'), ('short', 'SHORT'), ('day_off', 'DAY_OFF'), ('holiday', 'HOLIDAY'), ('moved', 'MOVED'), ('decreed', 'DECREED')], max_length=8)),
                ('names', models.JSONField(default=dict)),
                ('moved_from', models.DateField(null=True)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('declared', models.BooleanField(default=False)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory')),
            ],
            options={
                'db_table': 'territory_calendar_day',
                'constraints': [models.UniqueConstraint(fields=('territory', 'day', 'declared'), name='a_territory_has_a_day_once')],
            },
        ),
        migrations.CreateModel(
            name='Border',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outline', models.JSONField(null=True)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='territory.territory')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='borders', to='territory.territory')),
            ],
            options={
                'db_table': 'territory_border',
                'constraints': [models.UniqueConstraint(fields=('territory', 'valid_from'), name='a_border_begins_once_a_day'), models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('territory',), name='a_territory_has_one_border_at_a_time'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='a_border_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('territory')), _negated=True), _connector='OR'), name='a_territory_is_no_part_of_itself')],
            },
        ),
        migrations.CreateModel(
            name='ActsFor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts_for', to='territory.authority')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.territory')),
            ],
            options={
                'db_table': 'territory_acts_for',
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('authority', 'territory'), name='an_authority_acts_once_for_a_territory')],
            },
        ),
        migrations.CreateModel(
            name='TerritoryName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('names', models.JSONField()),
                ('search', models.TextField()),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='name_periods', to='territory.territory')),
            ],
            options={
                'db_table': 'territory_name',
                'constraints': [models.UniqueConstraint(fields=('territory', 'valid_from'), name='a_name_begins_once_a_day'), models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('territory',), name='a_territory_has_one_name_at_a_time'), models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='a_name_ends_after_it_begins')],
            },
        ),
    ]
