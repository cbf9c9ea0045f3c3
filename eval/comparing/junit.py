"""A gate's rulings as JUnit XML, so that a build server shows them."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from eval.comparing.gate import Gated


def junit(suite: str, gated: Gated) -> str:
    """One test case a ruling; a regression is a failure, too little evidence an error."""
    regressed = sum(one.verdict == "regressed" for one in gated.rulings)
    short = sum(one.verdict == "not enough evidence" for one in gated.rulings)
    counts = {"tests": str(len(gated.rulings)), "failures": str(regressed), "errors": str(short)}
    top = Xml.Element("testsuites")
    group = Xml.SubElement(top, "testsuite", {"name": f"copydesk eval {suite}", **counts})
    for one in gated.rulings:
        case = Xml.SubElement(group, "testcase", {"classname": suite, "name": one.metric or "the run"})
        if one.verdict != "passed":
            kind = "failure" if one.verdict == "regressed" else "error"
            Xml.SubElement(case, kind, {"message": _legal(one.why), "type": one.verdict})
        else:
            Xml.SubElement(case, "system-out").text = _legal(one.why)
    Xml.indent(top)
    return Xml.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


def _legal(text: str) -> str:
    """XML has no place for most control characters."""
    return "".join(sign for sign in text if sign in "\t\n" or " " <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd")
