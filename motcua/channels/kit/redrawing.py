"""A form that is sent while it is filled in, to have a part of its page drawn anew (htmx)."""

WHOLE_SCREEN = "#man-hinh"


def redraws(
    address: str, *, on: str = "", part: str = WHOLE_SCREEN, act: str = ""
) -> dict[str, str]:
    """Return the attributes of a field or button that sends its form and takes over the part.

    `on` is the event if it is not the element's own, `act` the button that seems to be pressed.
    """
    given = {
        "hx-post": address,
        "hx-target": part,
        "hx-select": part,
        "hx-swap": "outerHTML",
        "hx-sync": "closest form:replace",
        "hx-include": "closest form",
        "hx-trigger": on,
        "hx-vals": f'{{"act": "{act}"}}' if act else "",
    }
    return {name: value for name, value in given.items() if value}
