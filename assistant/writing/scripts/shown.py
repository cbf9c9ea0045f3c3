"""A script as it is read from a screen, the plan as bars."""

from __future__ import annotations

from assistant.domain.script import FollowUp, Script

_WIDTH = 30


def show(script: Script) -> None:
    """The script as it is read from a screen, the plan as bars."""
    for part in script.plan:
        bar = "█" * max(1, round(part.share * _WIDTH))
        print(f"{part.bucket:11} {bar:{_WIDTH}} {part.share:4.0%}  {part.amount:>14,.2f}  {part.product or 'account'}")
    for section in script.sections:
        ask = f"“{section.ask}” → " if section.ask else ""
        print(f"[{section.kind}] {ask}{section.text}")
    for finding in script.findings:
        print(f"! {finding.rule} “{finding.text}” {finding.message}")
    by = f"{script.writer} (fallback)" if script.status == "fallback" else script.writer
    print(f"{script.verdict}, {script.spoken_seconds:.0f} s, {by}{', ' + script.why if script.why else ''}")


def show_after(after: FollowUp) -> None:
    """The message after a call, and when it may go; or why there is none."""
    if not after.text:
        print(f"No message: {after.why}")
        return
    print(f"Message by {after.channel}, from {after.send_at:%Y-%m-%d %H:%M} on ({after.verdict}):\n{after.text}")
    for finding in after.findings:
        print(f"! {finding.rule} “{finding.text}” {finding.message}")
