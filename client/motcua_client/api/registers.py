"""Endpoints: registers. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped


class Registers(Group):
    """Endpoints: registers."""

    def read_certifications(
        self, *, desk_code: str, first: str, last: str
    ) -> list[models.CertificationLineOut]:
        """Return what a desk certified between two days, both counted, in the order of the book."""
        return cast(
            "list[models.CertificationLineOut]",
            self._json(
                Call(
                    "GET",
                    "/api/v1/desk/certifications",
                    query={"desk_code": desk_code, "first": first, "last": last},
                )
            ),
        )

    def read_register(
        self, *, desk_code: str, first: str, last: str
    ) -> list[models.RegisterLineOut]:
        """Return what a desk received between two days, both counted, in order of reception."""
        return cast(
            "list[models.RegisterLineOut]",
            self._json(
                Call(
                    "GET",
                    "/api/v1/desk/register",
                    query={"desk_code": desk_code, "first": first, "last": last},
                )
            ),
        )

    def print_register(self, *, desk_code: str, first: str, last: str) -> bytes:
        """Return the register of these days as it is printed; closed if it was closed."""
        return self._bytes(
            Call(
                "GET",
                "/api/v1/desk/register/pdf",
                query={"desk_code": desk_code, "first": first, "last": last},
            )
        )

    def print_certifications(self, *, desk_code: str, first: str, last: str) -> bytes:
        """Return the book of certified copies of these days as it is printed."""
        return self._bytes(
            Call(
                "GET",
                "/api/v1/desk/certifications/pdf",
                query={"desk_code": desk_code, "first": first, "last": last},
            )
        )

    def list_books(self) -> list[models.BookOut]:
        """Return the books of one's agency, the newest year first; for who keeps them."""
        return cast("list[models.BookOut]", self._json(Call("GET", "/api/v1/document-books")))

    def read_book(
        self, number: int, *, above: int | None = None, limit: int | None = None
    ) -> models.BookLinesOut:
        """Return lines of a book above a number, in their order; secret ones without their words."""
        return cast(
            "models.BookLinesOut",
            self._json(
                Call(
                    "GET",
                    f"/api/v1/document-books/{escaped(number)}",
                    query={"above": above, "limit": limit},
                )
            ),
        )
