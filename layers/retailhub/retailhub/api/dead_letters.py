"""Dead letters: what stands still, and trying it again."""

from dataclasses import asdict

from retailhub.api.routes import Routes
from retailhub.api.shapes import trouble as shapes
from retailhub.api.shapes.base import Word
from retailhub.api.shapes.trouble import DeadLettersAnswer, Redrive, RedriveAnswer, RedriveLine
from retailhub.api.visit import Here
from retailhub.crm import dead_letters, redrive
from retailhub.crm.dead_letters import Filter

routes = Routes("dead letters")


@routes.get("/dead-letters", "admin")
def list_dead_letters(here: Here, queue: Word = None, cause: Word = None, connection: Word = None) -> DeadLettersAnswer:
    """Những gì bị kẹt, theo hàng đợi và nguyên nhân / What stands still, by queue and cause"""
    found = dead_letters.gather(here.office, Filter(queue, cause, connection))
    dead_letters.put_back(here.office, found)
    most = shapes.SHOWN_OF_ONE if queue and cause else shapes.SHOWN_PER_GROUP
    items = [shapes.dead_group(group, most) for group in dead_letters.groups(found)]
    return DeadLettersAnswer(items=items, more=found.more)


@routes.post("/dead-letters/redrive", "admin")
def redrive_dead_letters(here: Here, wanted: Redrive) -> RedriveAnswer:
    """Thử lại / Try again"""
    named = frozenset(wanted.ids) if wanted.ids else None
    meant = Filter(**wanted.filter.model_dump()) if wanted.filter else Filter(ids=named)
    done = redrive.redrive(here.office, meant, dry_run=wanted.dry_run)
    lines = [RedriveLine(**asdict(taken)) for taken in done.taken]
    redriven, skipped = (sum(line.outcome == what for line in lines) for what in ("redriven", "skipped"))
    return RedriveAnswer(dry_run=wanted.dry_run, redriven=redriven, skipped=skipped, results=lines, more=done.more)
