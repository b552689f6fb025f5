"""建档: what a dossier must hold, each item written anew from what its title says; required_item's own SQL isn't run."""
from township import FOREVER


def states(town, kid):
    """What a child has of the items: True or False, None where an item doesn't concern it."""
    student = town.row("student", kid["student_id"])
    family = town.of("family", "student_id", student["id"])
    own = {t["id"] for t in town.table("semester") if t["year_start"] == town.term["year_start"]}
    looked_after = [p for p in town.pairings(student["id"]) if p["is_primary"] == 1 and p["role"] not in ("包干领导", "同伴") or p["role"] == "代理家长"]
    return {
        "PERSON": bool(student["name"] and student["gender"] and student["birth"]),
        "ADDRESS": bool(student["address"]),
        "NUMBER": bool(student["student_no"]),
        "PARENTS": sum(f["relation"] in ("父亲", "母亲", "继父", "继母") for f in family) >= 2,
        "GUARDIAN": any(f["entrusted"] == 1 or f["legal_guardian"] == 1 for f in family),
        "PHONE": any(town.phone(f["adult_id"]) for f in family),
        "FORM": kid["filled_on"] is not None and kid["checked_on"] is not None,
        "HEALTH": any(h["semester_id"] in own for h in town.of("health", "student_id", student["id"])),
        "PLEDGE": any(p["kind"] == "安全责任书" and (p["signed_on"] or FOREVER) <= town.day for p in town.of("pledge", "student_id", student["id"])),
        "KEY_CARER": bool(looked_after) if kid["is_key"] == 1 else None,
    }
