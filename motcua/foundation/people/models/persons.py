"""Human beings and the papers that name them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from motcua.foundation.people.choices import Address, PaperKind, Sex
from motcua.foundation.people.rules.names import name_keys

models.BinaryField.register_lookup(Length)
_HASH_BYTES = 32


class Person(models.Model):
    """One human being the province has dealt with (cá nhân): citizen, foreigner, child, deceased.

    Born when first named in a dossier or account. The personal number is kept encrypted and can
    be found again by its keyed hash; there may be none. Never deleted, never held twice under one
    number. `confirmed_at` says that an officer or the national system saw who it is; before that,
    what is known was only declared and gives way to what an officer sees.
    """

    full_name = models.CharField("họ và tên", max_length=200)
    sort_key = models.CharField("khóa sắp xếp", max_length=600)
    name_exact = models.CharField("tên có dấu để tìm", max_length=250)
    name_folded = models.CharField("tên không dấu để tìm", max_length=200)
    name_words = ArrayField(models.TextField(), verbose_name="các từ của tên")
    personal_id_cipher = models.BinaryField("số định danh, mã hóa", null=True)
    personal_id_key = models.CharField("mã khóa mã hóa", max_length=20, blank=True)
    personal_id_hash = models.BinaryField("dấu của số định danh", null=True)
    personal_id_hint = models.CharField("ba số cuối", max_length=3, blank=True)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    sex = models.CharField("giới tính", max_length=10, choices=Sex.choices, blank=True)
    nationality = models.CharField("quốc tịch", max_length=2, default="VN")
    addressed_as = models.CharField(
        "cách xưng hô", max_length=10, choices=Address.choices, blank=True
    )
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", max_length=254, blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    place_code = models.CharField("mã xã, phường", max_length=10, blank=True)
    died_on = models.DateField("mất ngày", null=True, blank=True)
    created_at = models.DateTimeField("ghi nhận lúc")
    confirmed_at = models.DateTimeField("được xác nhận lúc", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["personal_id_hash"], name="people_person_one_per_number"
            ),
            models.CheckConstraint(
                name="people_person_number_whole_or_absent",
                condition=Q(
                    personal_id_cipher__isnull=True,
                    personal_id_hash__isnull=True,
                    personal_id_key="",
                    personal_id_hint="",
                )
                | (
                    Q(personal_id_cipher__isnull=False, personal_id_hash__length=_HASH_BYTES)
                    & ~Q(personal_id_key="")
                    & ~Q(personal_id_hint="")
                ),
            ),
            models.CheckConstraint(
                name="people_person_sex_is_known", condition=Q(sex__in=["", *Sex.values])
            ),
            models.CheckConstraint(
                name="people_person_addressed_as_is_known",
                condition=Q(addressed_as__in=["", *Address.values]),
            ),
            models.CheckConstraint(
                name="people_person_dies_after_birth",
                condition=Q(died_on__isnull=True)
                | Q(birth_date__isnull=True)
                | Q(died_on__gte=models.F("birth_date")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["name_exact"],
                opclasses=["text_pattern_ops"],
                name="people_person_exact",
            ),
            models.Index(
                fields=["name_folded"],
                opclasses=["text_pattern_ops"],
                name="people_person_folded",
            ),
            models.Index(fields=["birth_date"], name="people_person_born"),
            # Every question reads the whole list of what is not yet sorted in: it is kept short.
            GinIndex(fields=["name_words"], name="people_person_words", gin_pending_list_limit=256),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    def name(self, full_name: str) -> None:
        """Set the name and everything made from it. Does not save."""
        keys = name_keys(full_name)
        self.full_name = keys.full_name
        self.sort_key = keys.sort_key
        self.name_exact = keys.exact
        self.name_folded = keys.folded
        self.name_words = keys.words


class PersonPaper(models.Model):
    """One number other than the personal one that names a person (CMND 9 số, hộ chiếu).

    Kept for life beside the personal number; one number of one country names one person.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField("loại giấy tờ", max_length=20, choices=PaperKind.choices)
    country = models.CharField("nước cấp", max_length=2, default="VN")
    number_cipher = models.BinaryField("số, mã hóa")
    number_key = models.CharField("mã khóa mã hóa", max_length=20)
    number_hash = models.BinaryField("dấu của số")
    number_hint = models.CharField("ba ký tự cuối", max_length=3)
    noted_at = models.DateTimeField("ghi nhận lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "country", "number_hash"], name="people_paper_one_per_number"
            ),
            models.CheckConstraint(
                name="people_paper_kind_is_known", condition=Q(kind__in=PaperKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of person {self.person_id}"
