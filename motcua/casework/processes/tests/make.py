"""Processes and BPMN files for tests."""

from typing import Any

from motcua.casework.processes.rules.bpmn_names import MODEL, OURS

HEAD = f'<definitions xmlns="{MODEL}" xmlns:motcua="{OURS}" id="d" targetNamespace="urn:x">\n'


def step(code: str, **extra: Any) -> dict[str, Any]:
    """Return the plain data of a step."""
    return {"code": code, "name": code.upper(), "duty": "justice", "role": "handler", **extra}


def bpmn(*elements: str, outside: str = "") -> bytes:
    """Return a file with these elements, each on a line of its own; the first is on line 3.

    A node stands in the lane of justice unless it says whose it is.
    """
    inside = "\n".join(elements)
    return f"{HEAD}<process id='p'>\n{inside}\n</process>{outside}</definitions>".encode()


def task(code: str, kind: str = "task", **own: str) -> str:
    """Return a user task."""
    more = "".join(f' motcua:{name}="{value}"' for name, value in own.items())
    return f'<userTask id="{code}" name="{code}" motcua:kind="{kind}" motcua:duty="justice"{more}/>'


def flow(source: str, target: str, when: str = "", name: str = "") -> str:
    """Return a sequence flow."""
    ends = f'id="{name or f"{source}.{target}"}" sourceRef="{source}" targetRef="{target}"'
    asked = when.replace("<", "&lt;")
    if not when:
        return f"<sequenceFlow {ends}/>"
    inside = f"<conditionExpression>{asked}</conditionExpression>"
    return f"<sequenceFlow {ends}>{inside}</sequenceFlow>"


def gateway(code: str, kind: str, default: str = "") -> str:
    """Return a gateway."""
    return f'<{kind}Gateway id="{code}"' + (f' default="{default}"/>' if default else "/>")


START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
SIGN = task("ky", "decision")
