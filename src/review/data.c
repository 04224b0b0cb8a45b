/* What the import noticed, as findings: doubles that disagree, pay columns, texts decoded twice. */
#include "room.h"

static const definition *definition_of_note(const review_run *run, const okb_note *note)
{
    uint32_t ix = okb_map_get(run->review->by_code, note->code);
    return &run->review->definitions[ix == OKB_NONE ? run->review->at[C_DAT000] : ix];
}

void okb_review_data(review_run *run)
{
    for (uint32_t i = 0; i < run->plan->n_notes; i++) {
        const okb_note *note = &run->plan->notes[i];
        draft d = note->goal_ix < run->plan->n_goals ? okb_draft_goal(run, C_DAT000, note->goal_ix)
                                                     : okb_draft_team(run, C_DAT000, OKB_NONE);
        d.definition = definition_of_note(run, note);
        d.severity = d.definition->shown.severity;
        d.source = note->source;
        d.slots[SLOT_field] = note->column;
        d.slots[SLOT_words] = note->evidence;
        d.evidence = note->evidence;
        okb_draft_emit(run, &d);
    }
}
