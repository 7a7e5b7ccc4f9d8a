package dsa.core.run;

/**
 * One training run as a sweep logs it.
 *
 * @param id unique within the sweep
 * @param model the network that was trained
 * @param recipe the name of the training recipe
 * @param outcome what it came to
 * @param provenance under what circumstances
 */
public record RunRecord(
    RunId id, DrawnModel model, String recipe, RunOutcome outcome, Provenance provenance) {}
