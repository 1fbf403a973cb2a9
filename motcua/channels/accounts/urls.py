"""Addresses of the account pages; allauth's views keep their names under our own paths."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path

from . import by_phone, notices, views

PREFIX = "tai-khoan/"

OWN = [
    path("", views.overview, name="overview"),
    path("bat-dau/", views.start, name="start"),
    path("ho-so-ca-nhan/", views.profile, name="profile"),
    path("phien-dang-nhap/", views.sessions, name="sessions"),
    path("phien-dang-nhap/dang-xuat/", views.end_session, name="end_session"),
    path("phien-dang-nhap/dang-xuat-khac/", views.end_other_sessions, name="end_other_sessions"),
    path("thong-bao/", notices.notices, name="notices"),
    path("thong-bao/<int:notice_id>/mo/", notices.open_notice, name="open_notice"),
    path("thong-bao/da-doc/", notices.read_all, name="read_all"),
    path("thong-bao/chua-doc/", notices.unread, name="unread"),
    path("thong-bao/thu-dien-tu/", notices.mails, name="mails"),
    path("mat-khau/dien-thoai/", by_phone.ask, name="phone_ask"),
    path("mat-khau/dien-thoai/ma/", by_phone.prove, name="phone_code"),
    path("mat-khau/dien-thoai/dat-moi/", by_phone.set_password, name="phone_password"),
    path("lam-thay/", views.standing_in, name="standing_in"),
    path("lam-thay/chon/", views.act_for, name="act_for"),
]

SECOND_FACTOR = [
    path("", mfa.index, name="mfa_index"),
    path("xac-thuc/", mfa.authenticate, name="mfa_authenticate"),
    path("xac-nhan-lai/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("ung-dung/bat/", totp.activate_totp, name="mfa_activate_totp"),
    path("ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("ma-du-phong/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "ma-du-phong/tao/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "ma-du-phong/tai-ve/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("khoa/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("khoa/them/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("khoa/dang-nhap/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "khoa/xac-nhan-lai/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"
    ),
    path("khoa/<int:pk>/bo/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("khoa/<int:pk>/sua/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]

urlpatterns = [
    path("", include((OWN, "accounts"))),
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("dang-ky/", account.signup, name="account_signup"),
    path("bi-khoa/", account.account_inactive, name="account_inactive"),
    path("xac-nhan-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("thu-dien-tu/", account.email, name="account_email"),
    path(
        "thu-dien-tu/xac-nhan/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("mat-khau/doi/", account.password_change, name="account_change_password"),
    path("mat-khau/dat/", account.password_set, name="account_set_password"),
    path("mat-khau/quen/", account.password_reset, name="account_reset_password"),
    path(
        "mat-khau/quen/ma/",
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        "mat-khau/quen/dat-moi/",
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        "mat-khau/quen/xong/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    path("bao-mat/", include(SECOND_FACTOR)),
]
