import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

DISABLED = [('idle', 'Không đăng nhập trong thời gian dài'), ('left', 'Đã thôi việc hoặc chuyển công tác'), ('by_administrator', 'Quản trị viên khóa'), ('by_holder', 'Chủ tài khoản đóng'), ('merged', 'Đã nhập vào tài khoản khác của cùng một người')]


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0006_language'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='account',
            name='identity_account_disabled_with_reason',
        ),
        migrations.AlterField(
            model_name='account',
            name='disabled_because',
            field=models.CharField(blank=True, choices=DISABLED, max_length=20, verbose_name='lý do khóa'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('disabled_at__isnull', True), ('disabled_because', '')), models.Q(('disabled_at__isnull', False), ('disabled_because__in', ['idle', 'left', 'by_administrator', 'by_holder', 'merged'])), _connector='OR'), name='identity_account_disabled_with_reason'),
        ),
        migrations.CreateModel(
            name='SignInCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=40, unique=True, verbose_name='mã của trình duyệt')),
                ('phone', models.CharField(db_index=True, max_length=20, verbose_name='điện thoại')),
                ('salt', models.CharField(max_length=32, verbose_name='muối')),
                ('digest', models.CharField(max_length=64, verbose_name='dấu')),
                ('sent_at', models.DateTimeField(verbose_name='gửi lúc')),
                ('expires_at', models.DateTimeField(verbose_name='dùng đến')),
                ('wrong', models.PositiveSmallIntegerField(default=0, verbose_name='số lần sai')),
                ('proven_at', models.DateTimeField(null=True, verbose_name='nhập đúng lúc')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='hết dùng lúc')),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
